import { expect, test } from "vitest";
import type { JsonValue } from "../../src/core/json.ts";
import { messageIntegrity } from "../../src/detectors/message-integrity.ts";
import { inspect, newGuard, toClient, toServer } from "./new-guard.ts";
import { wordDetector } from "./word-detector.ts";

const evil = [wordDetector("evil", "EVIL")];
const poisoned = { tools: [{ name: "bad" }, { name: "good" }] };

/** A list with a denied tool: hidden where the message is understood as the answer to tools/list. */
function listWith(id: string): string {
  return `{"jsonrpc":"2.0","id":${id},"result":${JSON.stringify(poisoned)}}`;
}

test.each([
  ["1", '"1"'],
  ["1", '" 1 "'],
  ["1", '"0x1"'],
  ["1", '"1e0"'],
  ["1", '"+1"'],
  ["1", "1.0"],
  ['"1"', "1"],
  ['"0x10"', "16"],
  ["9007199254740993", "9007199254740992"],
])("11 request %s is answered by %s, as SDK clients take it, and inspected as that answer", (asked, given) => {
  const guard = newGuard({ policy: { deny: ["bad"] } });
  toServer(guard, `{"jsonrpc":"2.0","id":${asked},"method":"tools/list"}`);
  const outcome = toClient(guard, listWith(given));
  expect(outcome.verdict.action).toBe("hide");
  expect(Buffer.from(outcome.forward ?? []).toString()).toBe(listWith(given).replace('{"name":"bad"},', ""));
});

test("12 an answer to no request is inspected as what a client could take it for", () => {
  const guard = newGuard({ policy: { deny: ["bad"] }, detectors: evil });
  expect(toClient(guard, listWith("77")).verdict.action).toBe("hide");
  expect(
    toClient(guard, { jsonrpc: "2.0", id: 78, result: { content: [{ type: "text", text: "EVIL" }] } }).verdict.action,
  ).toBe("block");
  expect(toClient(guard, { jsonrpc: "2.0", id: null, error: { code: 1, message: "EVIL" } }).verdict.action).toBe(
    "block",
  );
});

test("12 the second answer to a request is inspected, too", () => {
  const guard = newGuard({ policy: { deny: ["bad"] } });
  toServer(guard, { jsonrpc: "2.0", id: 1, method: "tools/list" });
  toClient(guard, { jsonrpc: "2.0", id: 1, result: { tools: [] } });
  expect(toClient(guard, listWith("1")).verdict.action).toBe("hide");
});

test("12 a request that is an answer at the same time is inspected as both", () => {
  const guard = newGuard({ policy: { deny: ["bad"] }, detectors: evil });
  toServer(guard, { jsonrpc: "2.0", id: 1, method: "tools/list" });
  expect(toClient(guard, { jsonrpc: "2.0", id: 1, method: "x", result: poisoned }).verdict.action).toBe("hide");
  expect(
    toServer(guard, { jsonrpc: "2.0", id: 2, method: "tools/call", params: { name: "bad" }, result: {} }).verdict
      .action,
  ).toBe("block");
  expect(
    toClient(guard, { jsonrpc: "2.0", id: 3, method: "x", params: { a: "EVIL" }, result: {} }).verdict.action,
  ).toBe("block");
});

test.each([
  ["answers one request first and another last", '{"jsonrpc":"2.0","id":1,"result":RESULT,"id":2}'],
  ["answers one request last and another first", '{"jsonrpc":"2.0","id":2,"result":RESULT,"id":1}'],
])("12 a list that %s does not pass under the other's name", (_, template) => {
  const guard = newGuard({ policy: { deny: ["bad"] } });
  toServer(guard, { jsonrpc: "2.0", id: 1, method: "tools/list" });
  toServer(guard, { jsonrpc: "2.0", id: 2, method: "tools/call", params: { name: "good" } });
  const { forward } = toClient(guard, template.replace("RESULT", JSON.stringify(poisoned)));
  expect(Buffer.from(forward ?? []).toString()).not.toContain('"bad"');
});

test("31 requests of both directions with the same id are kept apart", () => {
  const guard = newGuard({ policy: { deny: ["bad"] } });
  toServer(guard, { jsonrpc: "2.0", id: 1, method: "tools/list" });
  toClient(guard, { jsonrpc: "2.0", id: 1, method: "roots/list" });
  toServer(guard, { jsonrpc: "2.0", id: 1, result: { roots: [{ uri: "file:///here" }] } });
  expect(guard.memory.roots).toEqual(["file:///here"]);
  expect(toClient(guard, listWith("1")).verdict.action).toBe("hide");
});

test("32 nothing is kept for cancelled requests, and their late answers pass", () => {
  const guard = newGuard();
  toServer(guard, { jsonrpc: "2.0", id: 1, method: "tools/call", params: { name: "slow" } });
  toServer(guard, { jsonrpc: "2.0", method: "notifications/cancelled", params: { requestId: 1 } });
  expect(guard.memory.pending.fromClient.size).toBe(0);
  const late = Buffer.from('{"jsonrpc":"2.0","id":1,"result":{"content":[]}}');
  expect(inspect(guard, "to-client", late).forward).toBe(late);
});

function requestFromServer(id: JsonValue): JsonValue {
  return { jsonrpc: "2.0", id, method: "roots/list" };
}

test("12 whatever ids a side invents, what is remembered of its requests stays bounded", () => {
  const guard = newGuard();
  for (let count = 0; count < 30_000; count++) toClient(guard, requestFromServer(count));
  for (let count = 0; count < 3000; count++) toClient(guard, requestFromServer(`${" ".repeat(count)}1`));
  for (let count = 0; count < 300; count++) toClient(guard, requestFromServer(`${count}${"x".repeat(100_000)}`));
  const kept = [...guard.memory.pending.fromServer.values()].flat();
  expect(kept.length).toBeLessThan(20_000);
  expect(kept.reduce((sum, { id }) => sum + String(id).length, 0)).toBeLessThan(5_000_000);
});

test("32 a subscription that its client cancels is forgotten, and there are never too many", () => {
  const guard = newGuard();
  for (let id = 0; id < 3000; id++) toServer(guard, { jsonrpc: "2.0", id, method: "subscriptions/listen" });
  expect(guard.memory.subscriptions.size).toBe(1000);
  toServer(guard, { jsonrpc: "2.0", method: "notifications/cancelled", params: { requestId: 2999 } });
  expect(guard.memory.subscriptions.has("n2999")).toBe(false);
});

test("an error whose id is null is what JSON-RPC wants where a request could not be read: no oddity", () => {
  const guard = newGuard({ detectors: [messageIntegrity] });
  const error = { code: -32_001, message: "Session not found" };
  expect(toClient(guard, { jsonrpc: "2.0", id: null, error }).events).toEqual([]);
  expect(toClient(guard, { jsonrpc: "2.0", id: null, result: {} }).events.length).toBe(1);
});
