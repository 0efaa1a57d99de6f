import { expect, test } from "vitest";
import type { JsonValue } from "../../../src/core/json.ts";
import { protocolOf } from "../../../src/protocols/a2a/protocol-of.ts";

type Given = { httpMethod?: string; path?: string; headers?: Record<string, string>; body?: JsonValue };

function told({ httpMethod = "POST", path = "/", headers = {}, body }: Given): ReturnType<typeof protocolOf> {
  const { pathname, searchParams } = new URL(path, "http://proxy");
  return protocolOf({
    httpMethod,
    path: pathname,
    query: searchParams.toString(),
    header: (name) => headers[name],
    body,
  });
}

const call = (method: string, params: JsonValue = {}): JsonValue => ({ jsonrpc: "2.0", id: 1, method, params });

test.each([
  [call("message/send"), "a2a"],
  [call("SendMessage"), "a2a"],
  [call("tools/call"), "mcp"],
  [call("initialize"), "mcp"],
  [call("notifications/initialized"), "mcp"],
  [call("tasks/get", { taskId: "t" }), "mcp"],
  [call("tasks/get", { id: "t" }), "a2a"],
  [call("tasks/cancel", { name: "tasks/t" }), "a2a"],
  [call("tasks/list", { cursor: "c" }), "mcp"],
  [call("tasks/list", { pageSize: 3 }), "a2a"],
  [call("tasks/result", { taskId: "t" }), "mcp"],
  [[call("tasks/list"), call("SendMessage")], "a2a"],
  [call("tasks/list"), undefined],
  [call("something/else"), undefined],
  [{ jsonrpc: "2.0", id: 1, result: {} }, undefined],
])("%j speaks %s", (body, protocol) => {
  expect(told({ body })).toBe(protocol);
});

test.each([
  [{ "a2a-version": "1.0" }, "a2a"],
  [{ "x-a2a-extensions": "https://x/ext" }, "a2a"],
  [{ "content-type": "Application/A2A+JSON; charset=utf-8" }, "a2a"],
  [{ "mcp-session-id": "s" }, "mcp"],
  [{ "mcp-protocol-version": "2025-11-25" }, "mcp"],
])("headers %j speak %s, where the body says nothing", (headers, protocol) => {
  expect(told({ headers })).toBe(protocol);
  expect(told({ headers, body: call("something/else") })).toBe(protocol);
});

test("the body counts more than the headers, these more than the path", () => {
  expect(told({ headers: { "a2a-version": "1.0" }, body: call("tools/call") })).toBe("mcp");
  expect(told({ headers: { "mcp-session-id": "s" }, httpMethod: "GET", path: "/tasks/t" })).toBe("mcp");
});

test("a path tells, and a version in the query", () => {
  expect(told({ httpMethod: "GET", path: "/.well-known/agent-card.json" })).toBe("a2a");
  expect(told({ path: "/tenant/message:send", body: { message: {} } })).toBe("a2a");
  expect(told({ httpMethod: "GET", path: "/x?A2A-Version=1.0" })).toBe("a2a");
  expect(told({ path: "/mcp" })).toBeUndefined();
});
