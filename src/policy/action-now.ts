import type { Policy } from "../core/policy.ts";
import { defaultSetting } from "./defaults.ts";
import { settingFor } from "./setting-for.ts";

/** What a detector's hard and soft findings lead to under a policy, as words for a table. */
export function actionNow(policy: Policy, detector: string): { hard: string; soft: string } {
  const set = settingFor(policy, detector, "", undefined);
  if (set !== undefined) return { hard: set, soft: set };
  if (policy.preset === "monitor") return { hard: "log", soft: "log" };
  const finding = { detector, rule: "", severity: "medium", at: "", evidence: "", because: "", fix: "" } as const;
  return {
    hard: defaultSetting(policy, { ...finding, confidence: "hard" }) ?? "block",
    soft:
      defaultSetting(policy, { ...finding, confidence: "soft" }) ??
      (isPaired(detector) ? "log; block with a second" : "log"),
  };
}

/** The detectors whose soft findings have families: two different ones in a passage act together. */
function isPaired(detector: string): boolean {
  return detector === "prompt-injection" || detector === "tool-poisoning";
}
