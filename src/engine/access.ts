import type { Finding } from "../core/finding.ts";
import type { Policy } from "../core/policy.ts";
import { accessRule, type AccessRule } from "../policy/rules.ts";
import { skillsOf } from "../protocols/a2a/card-definitions.ts";
import { namesOf } from "../protocols/a2a/classify.ts";
import type { Situation } from "./step.ts";

/** What the allow and deny lists, and the tools hidden earlier, say about a message. */
export function accessFindings(
  situation: Pick<Situation, "policy" | "memory" | "direction" | "message" | "definitions">,
): Finding[] {
  const { direction, message } = situation;
  if (message.kind === "response") return listedFindings(situation);
  if (direction !== "to-server" || message.method === undefined) return [];
  const byMethod = methodRule(situation.policy, message.method);
  if (byMethod !== undefined) return [refusal(byMethod.list, "", "This method", byMethod.pattern)];
  if (message.method !== "tools/call" || message.target === undefined) return [];
  const byTool = accessRule(situation.policy, "tool", message.target);
  if (byTool !== undefined) return [refusal(byTool.list, "/params/name", "This tool", byTool.pattern)];
  const hidden = situation.memory.hidden.get(message.target);
  return hidden === undefined ? [] : [hiddenTool(hidden.because)];
}

/** An A2A method is the same by each of its names: one that is denied denies it, one that is allowed allows it. */
function methodRule(policy: Policy, method: string): AccessRule | undefined {
  const rules = namesOf(method).map((name) => accessRule(policy, "method", name));
  const denied = rules.find((rule) => rule?.list === "deny");
  return denied ?? (rules.every((rule) => rule !== undefined) ? rules[0] : undefined);
}

function listedFindings({
  policy,
  definitions,
  message,
}: Pick<Situation, "policy" | "definitions" | "message">): Finding[] {
  const findings: Finding[] = skillsOf(message).flatMap(({ name, at }) => {
    const rule = accessRule(policy, "tool", name);
    return rule === undefined ? [] : [{ ...refusal(rule.list, at, "This skill", rule.pattern), severity: "info" }];
  });
  for (const definition of definitions) {
    const rule = definition.kind === "tool" ? accessRule(policy, "tool", definition.name) : undefined;
    if (rule !== undefined)
      findings.push({ ...refusal(rule.list, definition.at, "This tool", rule.pattern), severity: "info" });
  }
  return findings;
}

function refusal(list: "allow" | "deny", at: string, what: string, pattern: string): Finding {
  return {
    detector: "access",
    rule: list,
    severity: "medium",
    confidence: "hard",
    at,
    evidence: pattern,
    because: list === "deny" ? `${what} is on the deny list (${pattern}).` : `${what} is not on the allow list.`,
    fix: `Change the ${list} list in mcpguard's config if it should pass.`,
  };
}

function hiddenTool(reason: string): Finding {
  return {
    detector: "access",
    rule: "hidden",
    severity: "high",
    confidence: "hard",
    at: "/params/name",
    evidence: "",
    because: `The tool is hidden from the client. ${reason}`,
    fix: "Review it with npx mcpguard pending, then approve or deny it.",
  };
}
