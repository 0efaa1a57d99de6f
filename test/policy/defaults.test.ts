import { expect, it } from "vitest";
import type { Finding } from "../../src/core/finding.ts";
import { defaultPolicy, type Policy, type Setting } from "../../src/core/policy.ts";
import { defaultSetting } from "../../src/policy/defaults.ts";

const strict: Policy = { ...defaultPolicy, preset: "strict" };

function setting(policy: Policy, detector: string, more: Partial<Finding> = {}): Setting | undefined {
  const about = { rule: "", at: "", evidence: "", because: "", fix: "" };
  return defaultSetting(policy, { detector, severity: "medium", confidence: "soft", ...about, ...more });
}

it.each(["long-argument", "suspicious-prompt", "sensitive-resource", "anomaly", "message-integrity"])(
  "%s is only reported, in strict too",
  (detector) => {
    expect(setting(strict, detector)).toBe("log");
    expect(setting(strict, detector, { confidence: "hard", severity: "high" })).toBe("log");
    expect(setting(defaultPolicy, detector, { confidence: "hard", severity: "high" })).toBe("log");
  },
);

it("strict redacts a secret that is less than certain, balanced reports it", () => {
  expect(setting(strict, "secret-leak")).toBe("redact");
  expect(setting(defaultPolicy, "secret-leak")).toBeUndefined();
  expect(setting(defaultPolicy, "secret-leak", { confidence: "hard" })).toBe("redact");
});

it("strict blocks on one strong soft finding of any other detector, not on a weak one", () => {
  expect(setting(strict, "dangerous-url")).toBe("block");
  expect(setting(strict, "dangerous-url", { severity: "low" })).toBeUndefined();
});

it("the switches refuse sensitive resources and suspicious prompts", () => {
  const scanning = { ...defaultPolicy, blockOnResourceScan: true, blockOnPromptScan: true };
  expect(setting(scanning, "sensitive-resource", { severity: "high" })).toBe("block");
  expect(setting(scanning, "sensitive-resource", { severity: "low" })).toBeUndefined();
  expect(setting(scanning, "suspicious-prompt")).toBe("block");
});
