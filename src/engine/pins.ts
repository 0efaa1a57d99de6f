import type { Located } from "../core/detector.ts";
import type { Baseline, Definition } from "../core/memory.ts";

export function pinKey(definition: Definition): string {
  return `${definition.kind}:${definition.name}`;
}

/** The definitions a JSON pointer leads into: several where members are duplicated. */
export function definitionsAt(definitions: readonly Located<Definition>[], at: string): Located<Definition>[] {
  return definitions.filter((definition) => at === definition.at || at.startsWith(`${definition.at}/`));
}

export function isApproved(baseline: Baseline, definition: Definition): boolean {
  return baseline.approved.get(pinKey(definition))?.has(definition.form) ?? false;
}

/** Takes a person's answer on one form into the baseline: the approved form becomes the pinned one. */
export function foldDecision(baseline: Baseline, definition: Definition, decision: "approve" | "deny"): void {
  const key = pinKey(definition);
  const [into, outOf] =
    decision === "approve" ? [baseline.approved, baseline.denied] : [baseline.denied, baseline.approved];
  into.set(key, new Set(into.get(key)).add(definition.form));
  const others = new Set(outOf.get(key));
  others.delete(definition.form);
  outOf.set(key, others);
  if (decision === "approve") baseline.pinned.set(key, definition.form);
}
