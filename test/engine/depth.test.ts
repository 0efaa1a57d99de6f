import { expect, test } from "vitest";
import type { Detector } from "../../src/core/detector.ts";
import { detectors } from "../../src/detectors/index.ts";
import { forwarded, newGuard, toClient, toServer } from "./new-guard.ts";
import { wordDetector } from "./word-detector.ts";

const evil = wordDetector("evil", "EVIL", { placeholder: "x" });
const redacting = { detectors: { evil: "redact" } } as const;

function timed<T>(run: () => T): [result: T, milliseconds: number] {
  const started = performance.now();
  return [run(), performance.now() - started];
}

function nested(depth: number, inner: string): string {
  return `${'{"a":['.repeat(depth)}${inner}${"]}".repeat(depth)}`;
}

const result = (json: string): string => `{"jsonrpc":"2.0","id":1,"result":${json}}`;

test("7 100,000 levels pass unchanged, and a word at the bottom is found", () => {
  const [clean, took] = timed(() => toClient(newGuard({ detectors: [evil] }), result(nested(100_000, '"fine"'))));
  expect(clean.verdict.action).toBe("allow");
  expect(took).toBeLessThan(1500);
  expect(toClient(newGuard({ detectors: [evil] }), result(nested(100_000, '"EVIL"'))).verdict.action).toBe("block");
});

test("7 100,000 levels with all detectors, as definition, arguments and result", () => {
  const deep = nested(100_000, '"fine"');
  const guard = newGuard({ detectors });
  const [, took] = timed(() => {
    toServer(guard, `{"jsonrpc":"2.0","id":1,"method":"tools/list"}`);
    expect(toClient(guard, result(`{"tools":[{"name":"t","inputSchema":${deep}}]}`)).verdict.action).toBe("allow");
    toServer(guard, `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"t","arguments":${deep}}}`);
    expect(toClient(guard, result(deep)).verdict.action).toBe("allow");
  });
  expect(took).toBeLessThan(5000);
});

test("7 a changed definition is hidden, however deep it is", () => {
  const guard = newGuard({ detectors });
  for (const [word, shown] of [
    ["one", 1],
    ["two", 0],
  ] as const) {
    toServer(guard, `{"jsonrpc":"2.0","id":1,"method":"tools/list"}`);
    const list = toClient(guard, result(`{"tools":[{"name":"t","inputSchema":${nested(20_000, `"${word}"`)}}]}`));
    expect(forwarded(list)).toHaveProperty("result.tools.length", shown);
  }
});

test("7 a word at each of 20,000 levels is redacted in bounded time", () => {
  const depth = 20_000;
  const text = `${Array.from({ length: depth }, (_, level) => `{"EVIL${level}":`).join("")}1${"}".repeat(depth)}`;
  const guard = newGuard({ detectors: [evil], policy: redacting });
  const [outcome, took] = timed(() => toClient(guard, result(`{"structuredContent":${text}}`)));
  expect(took).toBeLessThan(3000);
  expect(Buffer.from(outcome.forward ?? []).toString()).not.toContain("EVIL");
  expect(forwarded(outcome)).toHaveProperty("result.structuredContent");
  expect(outcome.events.length).toBeLessThan(30);
});

test("7 a list of 20,000 objectionable tools is hidden in bounded time", () => {
  const tools = Array.from({ length: 20_000 }, (_, index) => ({ name: `t${index}`, description: "EVIL" }));
  const guard = newGuard({ detectors: [evil] });
  toServer(guard, { jsonrpc: "2.0", id: 1, method: "tools/list" });
  const [outcome, took] = timed(() => toClient(guard, { jsonrpc: "2.0", id: 1, result: { tools } }));
  expect(took).toBeLessThan(3000);
  expect(forwarded(outcome)).toEqual({ jsonrpc: "2.0", id: 1, result: { tools: [] } });
});

test("7 20,000 places to redact take bounded time", () => {
  const content = Array.from({ length: 20_000 }, () => ({ type: "text", text: "an EVIL word" }));
  const guard = newGuard({ detectors: [evil], policy: redacting });
  const [outcome, took] = timed(() => toClient(guard, { jsonrpc: "2.0", id: 1, result: { content } }));
  expect(took).toBeLessThan(3000);
  expect(Buffer.from(outcome.forward ?? []).toString()).not.toContain("EVIL");
});

test("14 a batch of 10,000 members takes bounded time", () => {
  const members = Array.from({ length: 10_000 }, (_, id) => ({
    jsonrpc: "2.0",
    id,
    method: "tools/call",
    params: { name: id % 2 === 0 ? "bad" : "good" },
  }));
  const guard = newGuard({ detectors: [evil], policy: { deny: ["bad"] } });
  const [outcome, took] = timed(() => toServer(guard, members));
  expect(took).toBeLessThan(4000);
  expect(outcome.answers).toHaveLength(5000);
  expect(forwarded(outcome)).toHaveLength(5000);
});

test("a detector that throws costs its finding, not the message", () => {
  const broken: Detector = { ...evil, inspect: () => [].at(0)!["x"] };
  const guard = newGuard({ detectors: [broken, wordDetector("other", "OTHER")] });
  const outcome = toClient(guard, result('"fine"'));
  expect(outcome.verdict.action).toBe("allow");
  expect(outcome.events.map(({ draft }) => draft.event_type)).toEqual(["guard_error"]);
  expect(toClient(guard, result('"OTHER"')).verdict.action).toBe("block");
});
