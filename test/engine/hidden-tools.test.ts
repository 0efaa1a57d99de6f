import { beforeEach, expect, test } from "vitest";
import { rugPull } from "../../src/detectors/rug-pull.ts";
import type { Guard } from "../../src/engine/guard.ts";
import type { Outcome } from "../../src/engine/outcome.ts";
import { newGuard, toClient, toServer } from "./new-guard.ts";
import { wordDetector } from "./word-detector.ts";

let guard: Guard;
beforeEach(() => {
  guard = newGuard({ detectors: [rugPull] });
});

const tool = (name: string, description: string): object => ({ name, description, inputSchema: { type: "object" } });

function list(...tools: object[]): Outcome {
  toServer(guard, { jsonrpc: "2.0", id: 1, method: "tools/list" });
  return toClient(guard, { jsonrpc: "2.0", id: 1, result: { tools } });
}

function callTo(name: string): string {
  return toServer(guard, { jsonrpc: "2.0", id: 2, method: "tools/call", params: { name } }).verdict.action;
}

test("a list that nobody asked for does not bring a hidden tool back", () => {
  list(tool("a", "one"));
  list(tool("a", "changed"));
  toClient(guard, { jsonrpc: "2.0", id: 99, result: { tools: [tool("a", "one")] } });
  expect(callTo("a")).toBe("block");
  list(tool("a", "one"));
  expect(callTo("a")).toBe("allow");
});

test("nor does a list that is refused", () => {
  guard = newGuard({ detectors: [rugPull, wordDetector("evil", "EVIL", { at: "/result" })] });
  list(tool("a", "one"));
  list(tool("a", "changed"));
  list(tool("a", "one"), tool("b", "EVIL"));
  expect(callTo("a")).toBe("block");
});

test("nor an approval of an earlier change, when it has changed again", () => {
  list(tool("a", "one"));
  const [second] = list(tool("a", "two")).objections;
  list(tool("a", "three"));
  guard.decide(second?.definition ?? { kind: "tool", name: "", form: "" }, "approve");
  expect(callTo("a")).toBe("block");
  list(tool("a", "two"));
  expect(callTo("a")).toBe("allow");
});

test("what is denied by name stays out of the list, approved or not", () => {
  list(tool("a", "one"));
  const [second] = list(tool("a", "two")).objections;
  guard.decide(second?.definition ?? { kind: "tool", name: "", form: "" }, "approve");
  guard.policy = { ...guard.policy, deny: ["a"] };
  expect(Buffer.from(list(tool("a", "two")).forward ?? []).toString()).not.toContain("two");
});
