import { beforeEach, expect, test } from "vitest";
import { detectors } from "../../src/detectors/index.ts";
import { rugPull } from "../../src/detectors/rug-pull.ts";
import type { Guard } from "../../src/engine/guard.ts";
import type { Outcome } from "../../src/engine/outcome.ts";
import { forwarded, newGuard, toClient, toServer } from "./new-guard.ts";
import { wordDetector } from "./word-detector.ts";

let guard: Guard;
beforeEach(() => {
  guard = newGuard({ detectors: [rugPull] });
});

const tool = (name: unknown, description: string): object => ({ name, description, inputSchema: { type: "object" } });
const textOf = ({ forward }: Outcome): string => Buffer.from(forward ?? []).toString();

function list(...tools: object[]): Outcome {
  toServer(guard, { jsonrpc: "2.0", id: 1, method: "tools/list" });
  return toClient(guard, { jsonrpc: "2.0", id: 1, result: { tools } });
}

/** The answer to the open `tools/list` with a tool that was pinned otherwise. */
const changed = JSON.stringify({ jsonrpc: "2.0", id: 1, result: { tools: [tool("a", "EVIL")] } });

test.each([
  ["a no-break space in front", `\u00a0${changed}`],
  ["two byte order marks", `\ufeff\ufeff${changed}`],
  ["a line separator behind", `${changed}\u2028`],
  ["a carriage return between", `x\r${changed}`],
  ["a form feed in front", `\f${changed}`],
  ["two answers in a row", `${changed} ${changed}`],
  ["a harmless answer in front", `{"jsonrpc":"2.0","method":"x"}${changed}`],
  ["a broken line in front", `{"x":\u2028${changed}`],
  ["words in front", `answer: ${changed}`],
  ["words behind", `${changed} done`],
  ["a batch with words behind", `[${changed}] done`],
])("a changed tool does not slip through to a lenient reader with %s", (_, line) => {
  list(tool("a", "one"));
  toServer(guard, { jsonrpc: "2.0", id: 1, method: "tools/list" });
  expect(textOf(toClient(guard, line))).not.toContain("EVIL");
});

test("a line that is no JSON pins what a lenient reader finds in it", () => {
  toServer(guard, { jsonrpc: "2.0", id: 1, method: "tools/list" });
  toClient(guard, `\f${JSON.stringify({ jsonrpc: "2.0", id: 1, result: { tools: [tool("a", "one")] } })}`);
  expect(textOf(list(tool("a", "EVIL")))).not.toContain("EVIL");
});

test.each([
  ["Result", { jsonrpc: "2.0", id: 1, Result: { tools: [tool("a", "EVIL")] } }],
  ["reſult", { jsonrpc: "2.0", id: 1, reſult: { tools: [tool("a", "EVIL")] } }],
  ["TOOLS", { jsonrpc: "2.0", id: 1, result: { TOOLS: [tool("a", "EVIL")] } }],
  ["tools beside Tools", { jsonrpc: "2.0", id: 1, result: { tools: [], Tools: [tool("a", "EVIL")] } }],
  ["Name", { jsonrpc: "2.0", id: 1, result: { tools: [{ Name: "a", description: "EVIL" }] } }],
])("a changed tool does not slip through to a reader that ignores case: %s", (_, answer) => {
  list(tool("a", "one"));
  toServer(guard, { jsonrpc: "2.0", id: 1, method: "tools/list" });
  expect(textOf(toClient(guard, answer))).not.toContain("EVIL");
});

test("an answer that could be two lists is judged as both", () => {
  toServer(guard, { jsonrpc: "2.0", id: 7, method: "prompts/list" });
  toClient(guard, { jsonrpc: "2.0", id: 7, result: { prompts: [{ name: "p" }] } });
  toServer(guard, { jsonrpc: "2.0", id: 7, method: "prompts/list" });
  const prompts = [{ name: "p", description: "EVIL" }];
  expect(textOf(toClient(guard, { jsonrpc: "2.0", id: "7", result: { tools: [], prompts } }))).not.toContain("EVIL");
});

test.each([5, null, ["a"], undefined])("a tool whose name is %j is pinned, too", (name) => {
  list(tool(name, "one"));
  expect(textOf(list(tool(name, "EVIL")))).not.toContain("EVIL");
});

test("instructions that are no text are pinned, too", () => {
  toServer(guard, { jsonrpc: "2.0", id: 1, method: "initialize" });
  toClient(guard, { jsonrpc: "2.0", id: 1, result: { instructions: ["one"] } });
  toServer(guard, { jsonrpc: "2.0", id: 1, method: "initialize" });
  expect(forwarded(toClient(guard, { jsonrpc: "2.0", id: 1, result: { instructions: ["EVIL"] } }))).toMatchObject({
    result: { instructions: ["one"] },
  });
});

test("what only the first of two duplicate lists defines is pinned, too", () => {
  toServer(guard, { jsonrpc: "2.0", id: 1, method: "tools/list" });
  toClient(guard, `{"jsonrpc":"2.0","id":1,"result":{"tools":[${JSON.stringify(tool("a", "one"))}],"tools":[]}}`);
  expect(textOf(list(tool("a", "EVIL")))).not.toContain("EVIL");
});

test("a tool that is shown without some of its text is pinned: it cannot change for ever", () => {
  const zero = wordDetector("zero", "ZERO");
  guard = newGuard({ detectors: [rugPull, zero], policy: { detectors: { zero: "redact" } } });
  expect(textOf(list(tool("a", "one ZERO")))).toContain("one");
  expect(textOf(list(tool("a", "EVIL ZERO")))).not.toContain("EVIL");
});

test("instructions that were shown without invisible characters do not come back with them", () => {
  guard = newGuard({ detectors });
  for (const instructions of ["Be kind.\u{e0041}\u{e0042}\u{e0043}\u{e0044}", "Be kind, please."]) {
    toServer(guard, { jsonrpc: "2.0", id: 1, method: "initialize" });
    expect(textOf(toClient(guard, { jsonrpc: "2.0", id: 1, result: { instructions } }))).not.toMatch(/\p{C}/u);
  }
});

test("a pinned form that is no JSON is a change like any other", () => {
  guard.memory.baseline.pinned.set("tool:a", "no json");
  expect(textOf(list(tool("a", "EVIL")))).not.toContain("EVIL");
});
