import { describe, expect, it } from "vitest";
import { defaultPolicy } from "../../src/core/policy.ts";
import { settingFor } from "../../src/policy/setting-for.ts";

const policy = {
  ...defaultPolicy,
  detectors: { "prompt-injection": "log", "prompt-injection/override": "block", "*": "redact" },
  tools: { "delete_*": { "prompt-injection": "hold" }, search: { "*": "off" } },
} as const;

describe("settingFor", () => {
  it.each([
    ["the rule before its detector", "prompt-injection", "override", undefined, "block"],
    ["the detector before every other", "prompt-injection", "reveal", undefined, "log"],
    ["every other", "secret-leak", "aws", undefined, "redact"],
    ["the tool before the rule", "prompt-injection", "override", "delete_all", "hold"],
    ["the detectors where the tool has no word", "secret-leak", "aws", "delete_all", "redact"],
    ["nothing for the deny list from a word on all detectors", "access", "deny", "search", undefined],
    ["all detectors of a tool", "prompt-injection", "override", "search", "off"],
  ])("takes %s", (_, detector, rule, tool, setting) => {
    expect(settingFor(policy, detector, rule, tool)).toBe(setting);
  });

  it("has no opinion where nothing is set, not even from Object's own members", () => {
    expect(settingFor(defaultPolicy, "constructor", "toString", "valueOf")).toBeUndefined();
  });
});
