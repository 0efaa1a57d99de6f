import { severities, type Finding } from "../core/finding.ts";
import type { Policy, Setting } from "../core/policy.ts";

/** What hard findings lead to where nothing is configured; those not named here block. */
const byDetector: Readonly<Record<string, Setting>> = {
  "secret-leak": "redact",
  "hidden-text": "redact",
  "rug-pull": "hold",
  "sensitive-resource": "log",
  "suspicious-prompt": "log",
  "long-argument": "log",
  anomaly: "log",
  "message-integrity": "log",
};

/**
 * What a finding leads to by preset and the `block_on_…` switches, where no setting names its
 * detector, rule or tool. Undefined: the rule of hard and soft decides.
 */
export function defaultSetting(policy: Policy, finding: Finding): Setting | undefined {
  const byRule = bySwitch(policy, finding);
  if (byRule !== undefined) return byRule;
  const ofDetector = byDetector[finding.detector];
  if (finding.confidence === "hard") return ofDetector;
  return policy.preset === "strict" && isStrong(finding) ? (ofDetector ?? "block") : undefined;
}

function bySwitch(policy: Policy, finding: Finding): Setting | undefined {
  switch (finding.detector) {
    case "prompt-injection":
      return fromSwitch(policy.blockOnInjection, finding);
    case "tool-poisoning":
      return fromSwitch(policy.blockOnPoisoning, finding);
    case "sensitive-resource":
      return policy.blockOnResourceScan && isStrong(finding) ? "block" : undefined;
    case "suspicious-prompt":
      return policy.blockOnPromptScan ? "block" : undefined;
    default:
      return undefined;
  }
}

/** `true` acts on a single strong finding, `false` never acts, undefined leaves the choice to the preset. */
function fromSwitch(value: boolean | undefined, finding: Finding): Setting | undefined {
  if (value === false) return "log";
  return value === true && isStrong(finding) ? "block" : undefined;
}

/** Findings in quotes, code or security writing are reported below `medium` and never act. */
function isStrong(finding: Finding): boolean {
  return severities.indexOf(finding.severity) >= severities.indexOf("medium");
}
