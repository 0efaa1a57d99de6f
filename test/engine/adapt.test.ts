import { expect, test } from "vitest";
import type { Setting } from "../../src/core/policy.ts";
import type { Outcome } from "../../src/engine/outcome.ts";
import { forwarded, newGuard, toClient, toServer } from "./new-guard.ts";
import { wordDetector } from "./word-detector.ts";

/** The answer to `method`, in which EVIL is found at `at` and set to `setting`. */
function answered(method: string, result: unknown, setting: Setting, at?: string): Outcome {
  const detectors = [wordDetector("evil", "EVIL", at === undefined ? {} : { at })];
  const guard = newGuard({ detectors, policy: { detectors: { evil: setting } } });
  toServer(guard, { jsonrpc: "2.0", id: 7, method });
  return toClient(guard, { jsonrpc: "2.0", id: 7, result });
}

const lists = ["tools/list", "prompts/list", "resources/list", "resources/templates/list"] as const;
const members = {
  "tools/list": "tools",
  "prompts/list": "prompts",
  "resources/list": "resources",
  "resources/templates/list": "resourceTemplates",
};

test.each(lists)("66 of %s only the item is left out; order, cursor and _meta stay as they were", (method) => {
  const member = members[method];
  const items = [{ name: "a" }, { name: "b", description: "EVIL" }, { name: "c" }];
  const result = { [member]: items, nextCursor: "c-2", ttlMs: 5, cacheScope: "public", _meta: { x: 1.5 } };
  for (const setting of ["block", "hold"] as const) {
    const outcome = answered(method, result, setting);
    const text = Buffer.from(outcome.forward ?? []).toString();
    expect(text).toBe(
      JSON.stringify({ jsonrpc: "2.0", id: 7, result }).replace(',{"name":"b","description":"EVIL"}', ""),
    );
    expect(outcome.answers).toEqual([]);
  }
});

test("66 a page that is emptied keeps its cursor", () => {
  const outcome = answered("tools/list", { tools: [{ name: "EVIL" }], nextCursor: "2" }, "block");
  expect(forwarded(outcome)).toEqual({ jsonrpc: "2.0", id: 7, result: { tools: [], nextCursor: "2" } });
});

test("66 of duplicate members every list is filtered", () => {
  const guard = newGuard({ detectors: [wordDetector("evil", "EVIL")] });
  toServer(guard, { jsonrpc: "2.0", id: 7, method: "tools/list" });
  const { forward } = toClient(
    guard,
    '{"jsonrpc":"2.0","id":7,"result":{"tools":[{"name":"EVIL"}],"tools":[{"name":"a"}]}}',
  );
  expect(Buffer.from(forward ?? []).toString()).not.toContain("EVIL");
});

test.each(["", "/result", "/result/tools", "/id", "/jsonrpc"])(
  "a finding at '%s' of a list blocks the whole answer",
  (at) => {
    for (const setting of ["redact", "block"] as const) {
      const outcome = answered("tools/list", { tools: [{ name: "EVIL" }] }, setting, at);
      expect(forwarded(outcome)).toMatchObject({ jsonrpc: "2.0", id: 7, error: { code: -31_403 } });
    }
  },
);

test.each(["", "/result", "/id", "/jsonrpc"])(
  "8 a redaction at '%s' would break the message: it is blocked instead",
  (at) => {
    const outcome = answered("tools/call", { content: ["EVIL"] }, "redact", at);
    expect(forwarded(outcome)).toMatchObject({ jsonrpc: "2.0", id: 7, result: { isError: true } });
  },
);

test.each(["", "/params", "/method", "/params/name"])(
  "8 a call with a redaction at '%s' is blocked where it could not be understood",
  (at) => {
    const detectors = [wordDetector("evil", "EVIL", { at })];
    const guard = newGuard({ detectors, policy: { detectors: { evil: "redact" } } });
    const call = { jsonrpc: "2.0", id: 7, method: "tools/call", params: { name: "t", arguments: { a: "EVIL" } } };
    const outcome = toServer(guard, call);
    if (at === "/params/name") expect(forwarded(outcome)).toHaveProperty("params.arguments.a", "EVIL");
    else expect([outcome.forward, outcome.answers.length]).toEqual([undefined, 1]);
  },
);

test.each(["initialize", "server/discover"])(
  "the answer to %s arrives cleaned, not refused: without it there is no session",
  (method) => {
    const serverInfo = { name: "n", version: "1", description: "an EVIL word" };
    const outcome = answered(method, { capabilities: { tools: {} }, serverInfo, instructions: "do EVIL now" }, "block");
    const cleaned = forwarded(outcome);
    expect(cleaned).toMatchObject({
      id: 7,
      result: { capabilities: { tools: {} }, serverInfo: { name: "n", version: "1" } },
    });
    expect(JSON.stringify(cleaned)).not.toContain("EVIL");
  },
);

test("8 a redaction replaces its span only; escapes, numbers and spaces elsewhere stay", () => {
  const detectors = [wordDetector("evil", "EVIL", { placeholder: '"‹gone›"\\' })];
  const guard = newGuard({ detectors, policy: { detectors: { evil: "redact" } } });
  const text =
    '{ "jsonrpc":"2.0", "id" : 1.0,"result":{"content":[{"type":"text","text":"\\u003c\\/ EV\\u0049L \\ud83d\\ude00 é"}], "n":1e400, "EVIL key":-0 } }';
  const expected = text.replace("EV\\u0049L", '\\"‹gone›\\"\\\\').replace("EVIL key", '\\"‹gone›\\"\\\\ key');
  expect(Buffer.from(toClient(guard, text).forward ?? []).toString()).toBe(expected);
});

test("8 of a request only the redacted argument differs", () => {
  const guard = newGuard({
    detectors: [wordDetector("evil", "EVIL", { placeholder: "x" })],
    policy: { detectors: { evil: "redact" } },
  });
  const text =
    '{"id":9007199254740993,"params":{"arguments":{"__proto__":1,"a":["an EVIL word",1.0]},"name":"t"},"method":"tools/call","jsonrpc":"2.0"}';
  const outcome = toServer(guard, text);
  expect(Buffer.from(outcome.forward ?? []).toString()).toBe(text.replace("EVIL", "x"));
  expect(guard.memory.pending.fromClient.size).toBe(1);
});

test("a finding inside a decoded blob takes the whole blob away, never a wrong part of it", () => {
  const blob = Buffer.from("some EVIL text").toString("base64");
  const outcome = answered("resources/read", { contents: [{ uri: "u", blob, mimeType: "text/plain" }] }, "redact");
  expect(forwarded(outcome)).toHaveProperty("result.contents.0.blob", "");
});
