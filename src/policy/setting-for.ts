import type { Policy, Setting } from "../core/policy.ts";
import { matchesGlob } from "./glob.ts";

/** Findings of the allow and deny lists; `*` means detectors, and must not lift what is denied by name. */
const accessLists = "access";

/**
 * What a person set for a rule: the closest word wins, so the tool's before the detectors',
 * and in each `detector/rule` before `detector` before `*`. Undefined leaves it to the preset.
 */
export function settingFor(
  policy: Policy,
  detector: string,
  rule: string,
  tool: string | undefined,
): Setting | undefined {
  if (tool !== undefined) {
    for (const [pattern, map] of Object.entries(policy.tools)) {
      const found = matchesGlob(pattern, tool) ? settingIn(map, detector, rule) : undefined;
      if (found !== undefined) return found;
    }
  }
  return settingIn(policy.detectors, detector, rule);
}

function settingIn(map: Readonly<Record<string, Setting>>, detector: string, rule: string): Setting | undefined {
  const names = [`${detector}/${rule}`, detector, ...(detector === accessLists ? [] : ["*"])];
  const key = names.find((name) => Object.hasOwn(map, name));
  return key === undefined ? undefined : map[key];
}
