import { expect, test } from "vitest";
import { rugPull } from "../../src/detectors/rug-pull.ts";
import type { Guard } from "../../src/engine/guard.ts";
import type { Outcome } from "../../src/engine/outcome.ts";
import { newGuard, toServer } from "./new-guard.ts";
import { wordDetector } from "./word-detector.ts";

const filler = "x".repeat(70_000);

/** Bytes in which the gate has found nothing that concerns a detector with anchors. */
function quiet(guard: Guard, text: string): Outcome {
  return guard.inspect({ direction: "to-client", bytes: Buffer.from(text), now: undefined, textMatters: false });
}

function guardThatPinned(): Guard {
  const guard = newGuard({ detectors: [rugPull] });
  toServer(guard, { jsonrpc: "2.0", id: 1, method: "tools/list" });
  quiet(guard, '{"jsonrpc":"2.0","id":1,"result":{"tools":[{"name":"a","description":"one"}]}}');
  return guard;
}

const changed = `{"tools":[{"name":"a","description":"two"}],"filler":"${filler}"}`;

test.each([
  ["ids first", `{"jsonrpc":"2.0","id":1,"result":{"content":"${filler}"}}`],
  ["ids last, as the TypeScript SDK writes it", `{"result":{"content":"${filler}"},"jsonrpc":"2.0","id":1}`],
  ["with spaces", ` { "jsonrpc" : "2.0" , "id" : 1 , "result" : {"content":"${filler}"} } `],
])("a large result whose text matters to nobody is not parsed: %s", (_, text) => {
  const guard = newGuard({
    detectors: [{ ...wordDetector("evil", "x"), meta: { ...wordDetector("evil", "x").meta } }],
  });
  toServer(guard, { jsonrpc: "2.0", id: 1, method: "tools/call", params: { name: "t" } });
  const outcome = quiet(guard, text);
  expect(outcome.verdict.findings).toEqual([]);
  expect(outcome.events[0]?.draft).toMatchObject({ event_type: "message", tool: "t" });
  expect(guard.memory.pending.fromClient.size).toBe(0);
});

test.each([
  ["answers a list", 1, `{"jsonrpc":"2.0","id":1,"result":${changed}}`],
  ["answers a call first and the list last", 2, `{"jsonrpc":"2.0","id":2,"result":${changed},"id":1}`],
  [
    "answers a call first and the list under an escaped name",
    2,
    `{"jsonrpc":"2.0","id":2,"result":${changed},"\\u0069d":1}`,
  ],
  ["answers the list first and a call last", 2, `{"result":${changed},"id":1,"jsonrpc":"2.0","id":2}`],
  ["answers a call in a string only", 2, `{"result":${changed},"id":1,"z":"},\\"jsonrpc\\":\\"2.0\\",\\"id\\":2}"}`],
  ["comes in a batch", 2, `[{"jsonrpc":"2.0","id":2,"result":{}},{"jsonrpc":"2.0","id":1,"result":${changed}}]`],
  ["answers nothing", 9, `{"jsonrpc":"2.0","id":9,"result":${changed}}`],
])("a changed list is seen, large as it is, though it %s", (_, id, text) => {
  const guard = guardThatPinned();
  toServer(guard, { jsonrpc: "2.0", id: 2, method: "tools/call", params: { name: "b" } });
  if (id !== 9) toServer(guard, { jsonrpc: "2.0", id: 1, method: "tools/list" });
  expect(Buffer.from(quiet(guard, text).forward ?? []).toString()).not.toContain('"two"');
});

test.each([
  ["loosely, by an answer that a strict client ignores", '{"jsonrpc":"2.0","id":"1","result":{"tools":[]}}'],
  ["by an answer that the client's schema refuses", '{"jsonrpc":"2.0","id":1,"result":{"tools":[]},"extra":1}'],
])("a changed list is seen after its request was answered %s", (_, decoy) => {
  for (const text of [
    `{"jsonrpc":"2.0","id":2,"result":${changed},"id":1}`,
    `{"jsonrpc":"2.0","id":2,"result":${changed},"i\\u0064":1}`,
    `{"result":${changed},"id":1,"jsonrpc":"2.0","id":2}`,
  ]) {
    const guard = guardThatPinned();
    toServer(guard, { jsonrpc: "2.0", id: 1, method: "tools/list" });
    quiet(guard, decoy);
    toServer(guard, { jsonrpc: "2.0", id: 2, method: "tools/call", params: { name: "b" } });
    expect(Buffer.from(quiet(guard, text).forward ?? []).toString()).not.toContain('"two"');
  }
});

test("a changed list is seen after its request was answered, where its id only looks like an open call's", () => {
  const guard = guardThatPinned();
  toServer(guard, { jsonrpc: "2.0", id: 1, method: "tools/list" });
  quiet(guard, '{"jsonrpc":"2.0","id":1,"result":{"tools":[]},"extra":1}');
  toServer(guard, { jsonrpc: "2.0", id: "1", method: "tools/call", params: { name: "b" } });
  const { forward } = quiet(guard, `{"jsonrpc":"2.0","id":1,"result":${changed}}`);
  expect(Buffer.from(forward ?? []).toString()).not.toContain('"two"');
});

test("a large message that is no answer is parsed", () => {
  const guard = newGuard({ detectors: [wordDetector("evil", "EVIL")] });
  const request = `{"jsonrpc":"2.0","id":5,"method":"sampling/createMessage","params":{"systemPrompt":"EVIL ${filler}"}}`;
  expect(quiet(guard, request).verdict.action).toBe("block");
});
