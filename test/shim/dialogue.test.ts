import { expect, test } from "vitest";
import { result, startAnswering } from "./answering.ts";

const modern = {
  _meta: { "io.modelcontextprotocol/protocolVersion": "2026-07-28", "io.modelcontextprotocol/clientCapabilities": {} },
};

test("29 requests and notifications before initialize pass; the shim imposes no lifecycle", async () => {
  const { shim, received } = startAnswering({
    ping: result({}),
    start: '{"jsonrpc":"2.0","method":"notifications/message","params":{"level":"info","data":"up"}}',
  });
  const sent = [
    '{"jsonrpc":"2.0","method":"notifications/x"}',
    '{"jsonrpc":"2.0","id":"a","method":"ping"}',
    '{"jsonrpc":"2.0","id":0,"method":"logging/setLevel"}',
  ];
  shim.send(`${sent.join("\n")}\n`);
  const messages = await shim.messages(3);
  expect(messages.map(({ id, method }) => id ?? method)).toEqual(["notifications/message", "a", 0]);
  expect(received()).toBe(`${sent.join("\n")}\n`);
});

test("30 the probe server/discover gets a legacy server's own error, at once", async () => {
  const own = '{"jsonrpc":"2.0","id":ID,"error":{"code":-32601,"message":"Method not found"}}';
  const { shim } = startAnswering({});
  shim.say({ jsonrpc: "2.0", id: 1, method: "server/discover", params: modern });
  await shim.messages(1);
  expect(shim.output.toString()).toBe(`${own.replace("ID", "1")}\n`);
});

test("30 where a legacy server is silent, the shim is, too", async () => {
  const { shim } = startAnswering({ "server/discover": "", ping: result({}) });
  shim.say(
    { jsonrpc: "2.0", id: 1, method: "server/discover", params: modern },
    { jsonrpc: "2.0", id: 2, method: "ping" },
  );
  expect(await shim.messages(1)).toEqual([{ jsonrpc: "2.0", id: 2, result: {} }]);
});

test("31 requests of both sides with the same id, and their answers, pass", async () => {
  const asked = '{"jsonrpc":"2.0","id":1,"method":"sampling/createMessage","params":{"messages":[],"maxTokens":5}}';
  const { shim, received } = startAnswering({ "tools/call": `${asked}\n${result({ content: [] })}` });
  shim.say({ jsonrpc: "2.0", id: 1, method: "tools/call", params: { name: "t" } });
  const messages = await shim.messages(2);
  expect(messages.map(({ id, method }) => [id, method])).toEqual([
    [1, "sampling/createMessage"],
    [1, undefined],
  ]);
  const answer =
    '{"jsonrpc":"2.0","id":1,"result":{"role":"assistant","model":"m","content":{"type":"text","text":"hi"}}}\n';
  shim.send(answer);
  await shim.finish();
  expect(received().endsWith(answer)).toBe(true);
});

test("32 a cancellation passes in order, and a late answer after it", async () => {
  const { shim, received } = startAnswering({
    "tools/call": "",
    "x/late": '{"jsonrpc":"2.0","id":1,"result":{"content":[]}}',
  });
  const sent = [
    '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"slow"}}',
    '{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1,"reason":"user"}}',
    '{"jsonrpc":"2.0","id":2,"method":"x/late"}',
  ];
  shim.send(`${sent.join("\n")}\n`);
  expect(await shim.messages(1)).toEqual([{ jsonrpc: "2.0", id: 1, result: { content: [] } }]);
  expect(received()).toBe(`${sent.join("\n")}\n`);
});

test("33 progress passes unchanged and as often as it is sent, with tokens of both kinds", async () => {
  const note = (token: string, step: number): string =>
    `{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":${token},"progress":${step}.0,"total":3}}`;
  const notes = ['"t-1"', "7", "9007199254740993"].flatMap((token) => [1, 2, 3].map((step) => note(token, step)));
  const { shim } = startAnswering({ "tools/call": [...notes, result({ content: [] })].join("\n") });
  shim.say({ jsonrpc: "2.0", id: 1, method: "tools/call", params: { name: "t", _meta: { progressToken: "t-1" } } });
  await shim.messages(notes.length + 1);
  expect(shim.output.toString().startsWith(`${notes.join("\n")}\n`)).toBe(true);
});

test("30 a 2026-07-28 conversation passes unchanged: discovery, input requests, subscriptions", async () => {
  const inputRequests = {
    ask: { method: "elicitation/create", params: { message: "Which city?", requestedSchema: { type: "object" } } },
  };
  const discovered = {
    resultType: "complete",
    supportedVersions: ["2026-07-28"],
    capabilities: { tools: {} },
    ttlMs: 1000,
    cacheScope: "public",
  };
  const steps = [
    { resultType: "input_required", inputRequests, requestState: "eyJvcGFxdWUiOiJ5ZXMifQ==" },
    { resultType: "complete", content: [{ type: "text", text: "Rain." }] },
  ];
  const acknowledged =
    '{"jsonrpc":"2.0","method":"notifications/subscriptions/acknowledged","params":{"_meta":{"io.modelcontextprotocol/subscriptionId":ID}}}';
  const { shim, received } = startAnswering({
    "server/discover": result(discovered),
    "tools/call": steps.map(result),
    "subscriptions/listen": acknowledged,
  });
  const retry = {
    name: "weather",
    inputResponses: { ask: { action: "accept", content: { city: "Oslo" } } },
    requestState: "eyJvcGFxdWUiOiJ5ZXMifQ==",
    ...modern,
  };
  const sent = [
    { jsonrpc: "2.0", id: 1, method: "server/discover", params: modern },
    {
      jsonrpc: "2.0",
      id: "l-1",
      method: "subscriptions/listen",
      params: { ...modern, notifications: { toolsListChanged: true } },
    },
    { jsonrpc: "2.0", id: 2, method: "tools/call", params: { name: "weather", arguments: {}, ...modern } },
    { jsonrpc: "2.0", id: 3, method: "tools/call", params: retry },
  ];
  shim.say(...sent);
  await shim.messages(4);
  const expected = [
    result(discovered).replace("ID", "1"),
    acknowledged.replace("ID", '"l-1"'),
    ...steps.map((step, index) => result(step).replace("ID", String(index + 2))),
  ];
  expect(shim.output.toString()).toBe(`${expected.join("\n")}\n`);
  expect(received()).toBe(sent.map((message) => `${JSON.stringify(message)}\n`).join(""));
});

test("69 a tool's result that comes as a task's passes unchanged, in both forms", async () => {
  const task = {
    taskId: "786512e2",
    status: "working",
    createdAt: "2025-11-25T10:30:00Z",
    ttl: 60000,
    pollInterval: 100,
  };
  const final = {
    content: [{ type: "text", text: "done" }],
    _meta: { "io.modelcontextprotocol/related-task": { taskId: "786512e2" } },
  };
  const { shim } = startAnswering({
    "tools/call": result({ task }),
    "tasks/get": result({ ...task, status: "completed", result: final }),
    "tasks/result": result(final),
  });
  shim.say({ jsonrpc: "2.0", id: 1, method: "tools/call", params: { name: "t", task: { ttl: 60000 } } });
  shim.say(
    { jsonrpc: "2.0", id: 2, method: "tasks/get", params: { taskId: "786512e2" } },
    { jsonrpc: "2.0", id: 3, method: "tasks/result", params: { taskId: "786512e2" } },
  );
  const expected = [{ task }, { ...task, status: "completed", result: final }, final].map((value, index) =>
    result(value).replace("ID", String(index + 1)),
  );
  await shim.messages(3);
  expect(shim.output.toString()).toBe(`${expected.join("\n")}\n`);
});
