import { describe, expect, it, test } from "vitest";
import type { JsonObject, JsonValue } from "../../../src/core/json.ts";
import { passagesOf, rolesOf } from "./roles-in.ts";

const base64 = (text: string): string => Buffer.from(text).toString("base64");

/** One message as 1.0, 0.3 and 0.3's other form write it. */
const messages: readonly (readonly [string, JsonObject])[] = [
  [
    "1.0",
    {
      messageId: "opaque-1",
      contextId: "opaque-2",
      taskId: "opaque-3",
      referenceTaskIds: ["opaque-4"],
      role: "ROLE_AGENT",
      extensions: ["w-ext"],
      metadata: { "w key": "w-meta" },
      parts: [
        { text: "w-text", metadata: { m: "w-part" } },
        { data: { "w name": ["w-data"] } },
        { raw: base64("file words"), mediaType: "text/plain", filename: "w-name" },
        { url: "https://x/f", filename: "w-name2", mediaType: "text/csv" },
      ],
    },
  ],
  [
    "0.3",
    {
      kind: "message",
      messageId: "opaque-1",
      role: "agent",
      parts: [
        { kind: "text", text: "w-text" },
        { kind: "data", data: { "w name": ["w-data"] } },
        { kind: "file", file: { bytes: base64("file words"), mimeType: "text/html", name: "w-name" } },
        { kind: "file", file: { uri: "https://x/f", mimeType: "text/csv" } },
      ],
    },
  ],
  [
    "0.3 over HTTP+JSON",
    {
      message_id: "opaque-1",
      role: "ROLE_AGENT",
      content: [
        { text: "w-text" },
        { data: { data: { "w name": ["w-data"] } } },
        { file: { file_with_bytes: base64("file words"), mime_type: "text/html", name: "w-name" } },
        { file: { fileWithUri: "https://x/f" } },
      ],
    },
  ],
];

function expectAllRead(read: Record<string, string>): void {
  expect(read).toMatchObject({
    "w-text": "agent-message",
    "w-data": "agent-message",
    "w name:": "agent-message",
    "w-name": "agent-message",
    "file words": "resource-content",
    "https://x/f": "fetched-url",
  });
  expect(Object.keys(read).filter((text) => /^opaque|ROLE_|^agent$|^message$/.test(text))).toEqual([]);
}

const places: readonly (readonly [string, string, (message: JsonObject) => JsonValue])[] = [
  ["sent", "SendMessage", (message) => rpc({ params: { message } })],
  ["sent, bare", "SendMessage", (message) => ({ message })],
  ["answered", "message/send", (message) => rpc({ result: message })],
  ["answered by 1.0", "SendMessage", (message) => rpc({ result: { message } })],
  ["answered, bare, by 0.3", "SendMessage", (msg) => ({ msg })],
  ["of a task's status", "GetTask", (message) => rpc({ result: { id: "opaque-9", status: { message } } })],
  ["of a task's history", "GetTask", (message) => ({ task: { history: [message] } })],
  ["in a list of tasks", "ListTasks", (message) => ({ tasks: [{ status: { message } }], nextPageToken: "opaque-8" })],
  ["streamed", "SendStreamingMessage", (message) => rpc({ result: { statusUpdate: { status: { message } } } })],
  ["streamed by 0.3", "message/stream", (message) => rpc({ result: { kind: "status-update", status: { message } } })],
  ["under a method nobody knows", "x/y", (message) => rpc({ result: { message } })],
];

describe.each(messages)("a message of %s", (_, message) => {
  test.each(places)("%s", (_where, method, wrapped) => {
    expectAllRead(rolesOf(method, wrapped(message)));
  });
});

function rpc(members: JsonObject): JsonObject {
  return { jsonrpc: "2.0", id: "opaque-0", ...members };
}

test.each([
  ["1.0", { artifactUpdate: { taskId: "opaque", append: true, artifact: artifact() } }],
  ["0.3", { kind: "artifact-update", taskId: "opaque", append: true, artifact: artifact() }],
  ["0.3 over HTTP+JSON", { artifact_update: { task_id: "opaque", artifact: artifact() } }],
  ["a whole task", { task: { id: "opaque", artifacts: [artifact()] } }],
])("an artifact in %s", (_, value) => {
  for (const whole of [value, rpc({ result: value })]) {
    const read = rolesOf("SendStreamingMessage", whole);
    expect(read).toMatchObject({ "w-n": "agent-message", "w-d": "agent-message", "w-t": "agent-message" });
    expect(read).not.toHaveProperty("opaque");
  }
});

function artifact(): JsonObject {
  return { artifactId: "opaque", name: "w-n", description: "w-d", parts: [{ text: "w-t" }] };
}

it("leaves the bytes of pictures alone and points at what it decoded", () => {
  const parts = [
    { raw: base64("GIF89a ignored"), mediaType: "image/gif" },
    { raw: base64("read me"), media_type: "text/plain" },
  ];
  const found = passagesOf("SendMessage", { message: { parts } }).filter(({ isDecoded }) => isDecoded === true);
  expect(found.map(({ at, text }) => [at, text])).toEqual([["/message/parts/1/raw", "read me"]]);
});

test.each([
  rpc({ error: { code: -32001, message: "e-1", data: [{ "@type": "t", metadata: { x: "e-2" } }] } }),
  { error: { code: 404, status: "NOT_FOUND", message: "e-1", details: [{ x: "e-2" }] } },
])("an error's words: %j", (value) => {
  expect(rolesOf("GetTask", value)).toMatchObject({ "e-1": "error-text", "e-2": "error-text" });
});

test("a bare error of 0.3", () => {
  const read = rolesOf("GetTask", { code: -32001, message: "e-1" });
  expect(read).toEqual({ "e-1": "error-text" });
});

const config = { id: "opaque", url: "https://hook", token: "SECRET", authentication: { credentials: "SECRET" } };

test.each([
  ["CreateTaskPushNotificationConfig", rpc({ params: { taskId: "opaque", ...config } })],
  ["CreateTaskPushNotificationConfig", { taskId: "opaque", ...config }],
  ["tasks/pushNotificationConfig/set", rpc({ params: { taskId: "opaque", pushNotificationConfig: config } })],
  ["tasks/pushNotificationConfig/list", rpc({ result: [{ taskId: "opaque", pushNotificationConfig: config }] })],
  ["ListTaskPushNotificationConfigs", { configs: [config], nextPageToken: "opaque" }],
  ["CreateTaskPushNotificationConfig", { parent: "opaque", config: { push_notification_config: config } }],
  ["SendMessage", rpc({ params: { configuration: { taskPushNotificationConfig: config } } })],
  ["message/stream", rpc({ params: { configuration: { pushNotificationConfig: config } } })],
  ["SendMessage", { configuration: { push_notification: config } }],
])("%s: a webhook's address is read, its secrets are not: %j", (method, value) => {
  const read = rolesOf(method, value);
  expect(read["https://hook"]).toBe("callback-url");
  expect(JSON.stringify(read)).not.toMatch(/SECRET|opaque/);
});
