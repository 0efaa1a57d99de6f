import { severities, type Finding } from "../core/finding.ts";
import type { Policy, Setting } from "../core/policy.ts";
import { actions, type Action, type Judged, type Verdict } from "../core/verdict.ts";
import { defaultSetting } from "./defaults.ts";
import { matchesGlob } from "./glob.ts";
import { settingFor } from "./setting-for.ts";

/** Where the findings were made: what suppressions and per-tool settings ask about. */
export type Circumstances = {
  server: string;
  /** The tool a finding is about: the called one, or the listed one at the finding's place. */
  toolAt(at: string): string | undefined;
};

/** Turns findings into a verdict: what each leads to, and the strictest of these for the message. */
export function decide(policy: Policy, findings: readonly Finding[], circumstances: Circumstances): Verdict {
  const judged: Judged[] = [];
  const undecided: Finding[] = [];
  for (const finding of findings) {
    const tool = circumstances.toolAt(finding.at);
    if (isSuppressed(policy, finding, circumstances.server, tool)) continue;
    const setting = settingFor(policy, finding.detector, finding.rule, tool);
    if (setting === "off") continue;
    if (setting === undefined) undecided.push(finding);
    else judged.push({ finding, action: actionOf(setting) });
  }
  judged.push(...byDefault(policy, undecided));
  const action = strictest(judged);
  return { action, findings: judged, because: action === "allow" ? "" : reason(judged, action) };
}

function isSuppressed(policy: Policy, finding: Finding, server: string, tool: string | undefined): boolean {
  for (const { rule, server: onServer, tool: onTool } of policy.suppressions) {
    const matchesRule = matchesGlob(rule, finding.detector) || matchesGlob(rule, `${finding.detector}/${finding.rule}`);
    if (!matchesRule) continue;
    if (onServer !== undefined && !matchesGlob(onServer, server)) continue;
    if (onTool !== undefined && (tool === undefined || !matchesGlob(onTool, tool))) continue;
    return true;
  }
  return false;
}

/** Hard findings act alone, soft ones only beside another of a different family in the same passage. */
function byDefault(policy: Policy, findings: readonly Finding[]): Judged[] {
  const acting = policy.preset === "monitor" ? new Set<string>() : pairedPlaces(findings);
  return findings.map((finding) => {
    if (policy.preset === "monitor") return { finding, action: "allow" };
    const setting = defaultSetting(policy, finding);
    if (finding.confidence === "hard") return { finding, action: actionOf(setting ?? "block") };
    if (setting !== undefined) return { finding, action: actionOf(setting) };
    return { finding, action: isSignal(finding) && acting.has(finding.at) ? "block" : "allow" };
  });
}

/** Only a finding with a family, and of some weight, can be one of two. */
function isSignal(finding: Finding): boolean {
  return (
    finding.confidence === "soft" &&
    finding.family !== undefined &&
    severities.indexOf(finding.severity) >= severities.indexOf("medium")
  );
}

function pairedPlaces(findings: readonly Finding[]): Set<string> {
  const families = new Map<string, Set<string>>();
  for (const finding of findings) {
    if (!isSignal(finding) || finding.family === undefined) continue;
    const here = families.get(finding.at) ?? new Set<string>();
    families.set(finding.at, here.add(finding.family));
  }
  return new Set([...families].filter(([, here]) => here.size > 1).map(([at]) => at));
}

function actionOf(setting: Setting): Action {
  return setting === "log" || setting === "off" ? "allow" : setting;
}

function strictest(judged: readonly Judged[]): Action {
  return judged.reduce<Action>(
    (worst, { action }) => (actions.indexOf(action) > actions.indexOf(worst) ? action : worst),
    "allow",
  );
}

function reason(judged: readonly Judged[], action: Action): string {
  return judged.find((each) => each.action === action)?.finding.because ?? "";
}
