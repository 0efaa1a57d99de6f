import { describe, expect, it } from "vitest";
import { defaultPolicy } from "../../src/core/policy.ts";
import { loadPolicy } from "../../src/policy/load.ts";

const policyOf = (config: object, server = "files") => loadPolicy("c.json", JSON.stringify(config)).policyFor(server);

describe("the policy of a configuration", () => {
  it("is the default one for an empty file of any format", () => {
    for (const [path, text] of [
      ["c.yaml", ""],
      ["c.yaml", "# nothing\n"],
      ["c.json", ""],
      ["c.json", "{}"],
      ["c.jsonc", "\uFEFF{}"],
    ] as const) {
      expect(loadPolicy(path, text)).toMatchObject({ warnings: [] });
      expect(loadPolicy(path, text).policyFor("any")).toEqual(defaultPolicy);
    }
  });

  it("carries every key", () => {
    expect(
      policyOf({
        preset: "monitor",
        allow: ["a"],
        deny: ["b"],
        rate_limit: 5,
        rate_window: 2,
        rate_limits: [
          { method: "tools/call", limit: 1, window: 0.5 },
          { method: "prompts/*", limit: 3 },
        ],
        block_on_injection: true,
        block_on_poisoning: false,
        block_on_resource_scan: true,
        block_on_prompt_scan: true,
        detectors: { "secret-leak": "block" },
        tools: { "x*": { anomaly: "off" } },
        suppressions: [{ rule: "anomaly/burst", server: "s", tool: "t" }],
        on_guard_error: "closed",
        log_messages: false,
        retention_days: 0,
        max_inspect_size: 1000,
        hold_timeout: 0,
      }),
    ).toEqual({
      preset: "monitor",
      allow: ["a"],
      deny: ["b"],
      rateLimits: [
        { method: "tools/call", limit: 1, windowMs: 500 },
        { method: "prompts/*", limit: 3, windowMs: 2000 },
        { method: "*", limit: 5, windowMs: 2000 },
      ],
      blockOnInjection: true,
      blockOnPoisoning: false,
      blockOnResourceScan: true,
      blockOnPromptScan: true,
      detectors: { "secret-leak": "block" },
      tools: { "x*": { anomaly: "off" } },
      suppressions: [{ rule: "anomaly/burst", server: "s", tool: "t" }],
      onGuardError: "closed",
      logMessages: false,
      retentionDays: 0,
      maxInspectSize: 1000,
      holdTimeout: 0,
    });
  });

  it("limits over 60 s where no window is given, and limits nothing without a limit", () => {
    expect(policyOf({ rate_limit: 100 }).rateLimits).toEqual([{ method: "*", limit: 100, windowMs: 60_000 }]);
    expect(policyOf({ rate_window: 10 }).rateLimits).toEqual([]);
  });

  it("fails closed in strict unless told otherwise", () => {
    expect(policyOf({ preset: "strict" }).onGuardError).toBe("closed");
    expect(policyOf({ preset: "strict", on_guard_error: "open" }).onGuardError).toBe("open");
  });
});

describe("servers", () => {
  const config = {
    preset: "monitor",
    allow: ["read"],
    deny: ["rm"],
    detectors: { anomaly: "off", "secret-leak": "log" },
    tools: { "*": { anomaly: "log" } },
    servers: {
      "git*": {
        preset: "strict",
        allow: ["push"],
        deny: ["force"],
        detectors: { anomaly: "block" },
        tools: { push: { anomaly: "hold" } },
      },
      github: { block_on_injection: false },
    },
  };

  it("lays the matching entries over the file's own rules, in order", () => {
    expect(policyOf(config, "github")).toMatchObject({
      preset: "strict",
      onGuardError: "closed",
      allow: ["push"],
      deny: ["rm", "force"],
      detectors: { anomaly: "block", "secret-leak": "log" },
      blockOnInjection: false,
    });
    expect(Object.keys(policyOf(config, "github").tools)).toEqual(["push", "*"]);
  });

  it("leaves other servers alone", () => {
    expect(policyOf(config, "files")).toMatchObject({
      preset: "monitor",
      allow: ["read"],
      deny: ["rm"],
      blockOnInjection: undefined,
    });
  });
});
