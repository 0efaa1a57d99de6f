import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { expect, test } from "vitest";
import { temporaryFolder } from "../shim/conversation.ts";

type Line = { line: number; session: string; action: string; findings: { detector: string; rule: string }[] };

const bin = join(import.meta.dirname, "../../bin/mcpguard.js");

async function replayed(input: string | Uint8Array, ...options: string[]): Promise<Line[]> {
  const file = join(temporaryFolder(), "recorded.jsonl");
  writeFileSync(file, input);
  const { stdout } = await execa(process.execPath, [bin, "replay", file, "--json", ...options]);
  return stdout === "" ? [] : stdout.split("\n").map((line): Line => JSON.parse(line));
}

function record(session: string, direction: string, message: object, more: object = {}): string {
  const facts = { session, server: "s", client: "c", protocol: "mcp", direction };
  return `${JSON.stringify({ ...facts, message: { jsonrpc: "2.0", ...message }, ...more })}\n`;
}

const list = record("a", "to-server", { id: 1, method: "tools/list" });
const tools = (session: string, description: string): string =>
  record(session, "to-client", { id: 1, result: { tools: [{ name: "t", description }] } });

test("an empty file gives no output", async () => {
  expect(await replayed("")).toEqual([]);
});

test.each([
  ["a blank line", "\n"],
  ["white space", "  \r\n"],
  ["no JSON", "{nothing\n"],
  ["no record", "[]\n"],
  ["no message", '{"session":"a","direction":"to-client"}\n'],
  ["a message that is none", '{"session":"a","direction":"to-client","message":{"x":1}}\n'],
  ["no direction", '{"session":"a","message":{"method":"x"}}\n'],
])("%s is answered with one guard_error, and the next line is judged", async (_, line) => {
  const lines = await replayed(line + record("a", "to-server", { id: 1, method: "ping" }));
  expect(lines).toMatchObject([
    { line: 1, action: "allow", findings: [{ detector: "guard_error" }] },
    { line: 2, session: "a", action: "allow", findings: [] },
  ]);
});

test("only a line feed ends a line; a byte order mark is no part of one; the last needs no end", async () => {
  const ping = record("a", "to-server", { id: 1, method: "ping", params: { t: "\u2028\u0085" } }).trim();
  const lines = await replayed(`\ufeff${ping}\n${ping.replace(",", ",\r")}\r\n${ping}`);
  expect(lines.map(({ line, findings }) => [line, findings])).toEqual([1, 2, 3].map((line) => [line, []]));
});

test("lines of a session share memory, other sessions know nothing of them", async () => {
  const lines = await replayed(list + tools("a", "one") + list + tools("a", "two") + tools("b", "three"));
  expect(lines.map(({ action }) => action)).toEqual(["allow", "allow", "allow", "hold", "allow"]);
});

test("a message that only gets reported is allowed, with findings", async () => {
  const [line] = await replayed(record("a", "to-client", { id: 1, result: {} }));
  expect(line).toMatchObject({ action: "allow", findings: [{ rule: "uncorrelated-response" }] });
});

test("without times no time passes; with them rates are judged by the given policy", async () => {
  const policy = join(temporaryFolder(), "policy.yaml");
  writeFileSync(policy, "rate_limit: 1\nrate_window: 60\n");
  const call = (more: object): string =>
    record("a", "to-server", { id: 1, method: "tools/call", params: { name: "t" } }, more);
  const times = ["2026-01-01T00:00:00Z", "2026-01-01T00:00:10Z", "2026-01-01T00:02:00Z"].map((time) => call({ time }));
  expect((await replayed(times.join(""), "--policy", policy)).map(({ action }) => action)).toEqual([
    "allow",
    "block",
    "allow",
  ]);
  expect((await replayed(call({}).repeat(3), "--policy", policy)).map(({ action }) => action)).toEqual([
    "allow",
    "allow",
    "allow",
  ]);
});

test("any depth of nesting is answered", async () => {
  const deep = record("a", "to-client", { id: 1, result: "DEEP" }).replace(
    '"DEEP"',
    "[".repeat(100_000) + "]".repeat(100_000),
  );
  expect(await replayed(deep)).toMatchObject([{ line: 1, session: "a", action: "allow" }]);
});

test("each line is answered as soon as it came", async () => {
  const process = execa(globalThis.process.execPath, [bin, "replay", "-", "--json"]);
  const answers = process.iterable();
  for (const [index] of [1, 2].entries()) {
    process.stdin.write(list);
    const { value } = await answers.next();
    expect(JSON.parse(String(value))).toMatchObject({ line: index + 1, action: "allow" });
  }
  process.stdin.end();
  expect((await process).exitCode).toBe(0);
});
