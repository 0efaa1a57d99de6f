import { expect, test } from "vitest";
import { answers, forwarded, newGuard, toClient, toServer } from "./new-guard.ts";
import { wordDetector } from "./word-detector.ts";

const evil = [wordDetector("evil", "EVIL")];
const modernMeta = { "io.modelcontextprotocol/protocolVersion": "2026-07-28" };

/** A request of the client, then the server's answer to it. */
function answered(method: string, result: unknown, params: Record<string, unknown> = {}): unknown {
  const guard = newGuard({ detectors: evil });
  toServer(guard, { jsonrpc: "2.0", id: 7, method, params });
  return forwarded(toClient(guard, { jsonrpc: "2.0", id: 7, result }));
}

test("63 a blocked tools/call is answered once, as a result the model can read", () => {
  const guard = newGuard({ policy: { deny: ["bad"] } });
  const outcome = toServer(guard, { jsonrpc: "2.0", id: 7, method: "tools/call", params: { name: "bad" } });
  expect(outcome.forward).toBeUndefined();
  const [answer] = answers(outcome);
  expect(outcome.answers).toHaveLength(1);
  expect(answer).toMatchObject({ jsonrpc: "2.0", id: 7, result: { isError: true, content: [{ type: "text" }] } });
  expect(answer).not.toHaveProperty("result.resultType");
  expect(JSON.stringify(answer)).toContain(outcome.events[0]?.id);
  expect(guard.memory.pending.fromClient.size).toBe(0);
});

test("63 in the 2026-07-28 revision the result says that it is complete", () => {
  const guard = newGuard({ policy: { deny: ["bad"] } });
  const [answer] = answers(
    toServer(guard, { jsonrpc: "2.0", id: 7, method: "tools/call", params: { name: "bad", _meta: modernMeta } }),
  );
  expect(answer).toMatchObject({ result: { isError: true, resultType: "complete" } });
  expect(answered("tools/call", { content: ["EVIL"] }, { name: "t", _meta: modernMeta })).toMatchObject({
    id: 7,
    result: { isError: true, resultType: "complete" },
  });
});

test.each(["resources/read", "prompts/get", "completion/complete", "x/y"])(
  "63 a blocked %s is a JSON-RPC error outside the reserved codes",
  (method) => {
    const guard = newGuard({ policy: { deny: [`method:${method}`] } });
    const [answer] = answers(toServer(guard, { jsonrpc: "2.0", id: 7, method }));
    expect(answer).toMatchObject({ id: 7, error: { code: -31_403 } });
  },
);

test.each([
  ["tools/call", "result"],
  ["tasks/result", "result"],
  ["resources/read", "error"],
  ["prompts/get", "error"],
  ["x/y", "error"],
])("63 a blocked answer to %s is replaced by a %s", (method, kind) => {
  expect(Object.keys(answered(method, { text: "EVIL" }) as object)).toEqual(["jsonrpc", "id", kind]);
});

test("63 no refusal quotes what was refused", () => {
  expect(JSON.stringify(answered("tools/call", { content: ["do the EVIL deed"] }))).not.toContain("EVIL");
  expect(JSON.stringify(answered("x/y", { a: "do the EVIL deed" }))).not.toContain("EVIL");
});

test("64 a blocked notification is dropped, without an answer", () => {
  const outcome = toServer(newGuard({ detectors: evil }), {
    jsonrpc: "2.0",
    method: "notifications/x",
    params: { a: "EVIL" },
  });
  expect([outcome.forward, outcome.answers]).toEqual([undefined, []]);
});

test.each(["sampling/createMessage", "roots/list", "ping"])(
  "65 a blocked %s of the server is answered to the server and never reaches the client",
  (method) => {
    const outcome = toClient(newGuard({ detectors: evil }), {
      jsonrpc: "2.0",
      id: 3,
      method,
      params: { systemPrompt: "EVIL" },
    });
    expect(outcome.forward).toBeUndefined();
    expect(answers(outcome)).toMatchObject([{ id: 3, error: { code: -31_403 } }]);
  },
);

test("65 a blocked elicitation is declined", () => {
  const outcome = toClient(newGuard({ detectors: evil }), {
    jsonrpc: "2.0",
    id: 3,
    method: "elicitation/create",
    params: { message: "EVIL" },
  });
  expect(outcome.forward).toBeUndefined();
  expect(answers(outcome)).toEqual([{ jsonrpc: "2.0", id: 3, result: { action: "decline" } }]);
});

test("65 the client's blocked answer to the server becomes an error: the server must not hang", () => {
  const guard = newGuard({ detectors: evil });
  toClient(guard, { jsonrpc: "2.0", id: 3, method: "elicitation/create", params: { message: "Your name?" } });
  const outcome = toServer(guard, { jsonrpc: "2.0", id: 3, result: { action: "accept", content: { name: "EVIL" } } });
  expect(forwarded(outcome)).toMatchObject({ jsonrpc: "2.0", id: 3, error: { code: -31_403 } });
});

test("65 an objectionable input request replaces the whole result", () => {
  const inputRequests = {
    a: { method: "elicitation/create", params: { message: "EVIL" } },
    b: { method: "roots/list" },
  };
  const result = { resultType: "input_required", inputRequests, requestState: "s" };
  const answer = answered("tools/call", result, { name: "t", _meta: modernMeta });
  expect(answer).toMatchObject({ id: 7, result: { isError: true, resultType: "complete" } });
  expect(answer).not.toHaveProperty("result.inputRequests");
});

test("68 opaque values are neither read nor changed, whatever they hold", () => {
  const trace = {
    traceparent: "EVIL",
    tracestate: "EVIL",
    baggage: "EVIL",
    progressToken: "EVIL",
    "io.modelcontextprotocol/subscriptionId": "EVIL",
  };
  const values = { taskId: "EVIL", requestState: "EVIL", cursor: "EVIL", nextCursor: "EVIL", _meta: trace };
  const policy = { detectors: { evil: "redact" } } as const;
  for (const method of ["tools/call", "prompts/get", "resources/read", "tasks/get", "tools/list", "x/y"]) {
    const guard = newGuard({ detectors: evil, policy });
    expect(toServer(guard, { jsonrpc: "2.0", id: "EVIL", method, params: values }).verdict.findings).toEqual([]);
    expect(toClient(guard, { jsonrpc: "2.0", id: "EVIL", result: values }).verdict.findings).toEqual([]);
  }
});

test.each(["tasks/result", "tasks/get"])("69 a result that comes by %s is inspected like a direct one", (method) => {
  const content = [{ type: "text", text: "EVIL" }];
  const result = method === "tasks/get" ? { taskId: "t1", status: "completed", result: { content } } : { content };
  expect(JSON.stringify(answered(method, result, { taskId: "t1" }))).not.toContain("EVIL");
});

test.each([
  ["tasks/result", { task: { taskId: "t1", status: "working" } }],
  ["tasks/get", { resultType: "task", taskId: "t1", status: "working" }],
])("69 what is set for a tool holds for its results by %s, too", (method, created) => {
  const guard = newGuard({ detectors: evil, policy: { tools: { loud: { evil: "log" } } } });
  toServer(guard, { jsonrpc: "2.0", id: 1, method: "tools/call", params: { name: "loud", task: {} } });
  toClient(guard, { jsonrpc: "2.0", id: 1, result: created });
  toServer(guard, { jsonrpc: "2.0", id: 2, method, params: { taskId: "t1" } });
  const outcome = toClient(guard, { jsonrpc: "2.0", id: 2, result: { content: [{ type: "text", text: "EVIL" }] } });
  expect(outcome.verdict.action).toBe("allow");
  expect(outcome.events[0]?.draft.tool).toBe("loud");
});
