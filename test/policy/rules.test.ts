import { describe, expect, it } from "vitest";
import { defaultPolicy, type Policy } from "../../src/core/policy.ts";
import { accessRule } from "../../src/policy/rules.ts";

const policy = (allow: string[], deny: string[] = []): Policy => ({ ...defaultPolicy, allow, deny });

describe("accessRule for tools", () => {
  it("lets everything pass without lists", () => {
    expect(accessRule(policy([]), "tool", "anything")).toBeUndefined();
  });

  it("refuses by exact name or pattern, never by substring", () => {
    expect(accessRule(policy([], ["exec"]), "tool", "exec")).toEqual({ list: "deny", pattern: "exec" });
    expect(accessRule(policy([], ["exec"]), "tool", "execute_plan")).toBeUndefined();
    expect(accessRule(policy([], ["exec*"]), "tool", "execute_plan")).toEqual({ list: "deny", pattern: "exec*" });
  });

  it("lets only listed tools pass once a tool is allowed", () => {
    const rules = policy(["read_*", "search"]);
    expect(accessRule(rules, "tool", "read_file")).toBeUndefined();
    expect(accessRule(rules, "tool", "write_file")).toEqual({ list: "allow", pattern: "read_*, search" });
  });

  it("lets deny win over allow", () => {
    expect(accessRule(policy(["read_file"], ["read_*"]), "tool", "read_file")).toEqual({
      list: "deny",
      pattern: "read_*",
    });
  });

  it("does not let method patterns limit tools", () => {
    expect(accessRule(policy(["method:tools/*"], ["method:resources/*"]), "tool", "resources/read")).toBeUndefined();
  });
});

describe("accessRule for methods", () => {
  it("is not limited by tool patterns", () => {
    expect(accessRule(policy(["search"], ["resources/read"]), "method", "resources/read")).toBeUndefined();
  });

  it("refuses a denied method and names the pattern as it is written", () => {
    const rule = accessRule(policy([], ["method:resources/*"]), "method", "resources/read");
    expect(rule).toEqual({ list: "deny", pattern: "method:resources/*" });
  });

  it("lets only listed methods pass once a method is allowed", () => {
    const rules = policy(["method:tools/*"]);
    expect(accessRule(rules, "method", "tools/call")).toBeUndefined();
    expect(accessRule(rules, "method", "prompts/get")).toEqual({ list: "allow", pattern: "method:tools/*" });
  });

  it.each(["initialize", "ping", "server/discover", "notifications/initialized", "notifications/cancelled"])(
    "keeps %s out of the reach of an allow list",
    (method) => expect(accessRule(policy(["method:tools/call"]), "method", method)).toBeUndefined(),
  );

  it("allows the methods that lead to an allowed tool", () => {
    const rules = policy(["method:prompts/*", "search"]);
    expect(accessRule(rules, "method", "tools/call")).toBeUndefined();
    expect(accessRule(rules, "method", "tools/list")).toBeUndefined();
    expect(accessRule(rules, "method", "resources/read")?.list).toBe("allow");
    expect(accessRule(rules, "tool", "delete")?.list).toBe("allow");
  });
});
