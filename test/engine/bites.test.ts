import { describe, expect, it } from "vitest";
import type { Passage } from "../../src/core/passage.ts";
import { bitesOf } from "../../src/engine/bites.ts";
import { defaultPolicy, type Policy } from "../../src/core/policy.ts";
import { forwarded, newGuard, toClient, toServer } from "./new-guard.ts";
import { wordDetector } from "./word-detector.ts";

const passage = (text: string): Passage => ({ role: "tool-result", at: "/result", text, isKey: false });

describe("bites", () => {
  it("leaves ordinary messages whole", () => {
    const passages = [passage("one"), passage("two")];
    expect([...bitesOf(passages)]).toEqual([passages]);
  });

  it("shows every part of a long text, edges in two windows", () => {
    const text = Array.from({ length: 100_000 }, (_, index) => `${index} `).join("");
    const windows = [...bitesOf([passage(text)])].flat();
    expect(windows.length).toBeGreaterThan(1);
    for (const number of ["0 ", "43000 ", "99999 "])
      expect(windows.some((each) => each.text.includes(number))).toBe(true);
  });

  it("redacts at the right place far inside a long text, once", () => {
    const text = `${"word ".repeat(120_000)}SECRET${" tail".repeat(1000)}`;
    const policy: Policy = { ...defaultPolicy, detectors: { evil: "redact" } };
    const guard = newGuard({ detectors: [wordDetector("evil", "SECRET", { placeholder: "‹gone›" })], policy });
    toServer(guard, { jsonrpc: "2.0", id: 1, method: "tools/call", params: { name: "t", arguments: {} } });
    const outcome = toClient(guard, { jsonrpc: "2.0", id: 1, result: { content: [{ type: "text", text }] } });
    expect(outcome.verdict.findings).toHaveLength(1);
    expect(forwarded(outcome)).toEqual({
      jsonrpc: "2.0",
      id: 1,
      result: { content: [{ type: "text", text: text.replace("SECRET", "‹gone›") }] },
    });
  });
});
