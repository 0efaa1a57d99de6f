import type { Located } from "../core/detector.ts";
import type { Baseline, Definition, ServerMemory } from "../core/memory.ts";
import type { Guard } from "./guard.ts";

export function pinKey(definition: Definition): string {
  return `${definition.kind}:${definition.name}`;
}

/** `/result/tools/0` */
const STEPS_TO_DEFINITION = 3;

const byPlace = new WeakMap<readonly Located<Definition>[], Map<string, Located<Definition>>>();

/** The definition that a JSON pointer leads to or into. */
export function definitionAt(definitions: readonly Located<Definition>[], at: string): Located<Definition> | undefined {
  if (definitions.length === 0) return undefined;
  const places = byPlace.get(definitions) ?? new Map(definitions.map((definition) => [definition.at, definition]));
  byPlace.set(definitions, places);
  let end = at.indexOf("/", 1);
  for (let steps = 1; steps < STEPS_TO_DEFINITION && end !== -1; steps++) {
    const outer = places.get(at.slice(0, end));
    if (outer !== undefined) return outer;
    end = at.indexOf("/", end + 1);
  }
  // A card that was recorded by itself is the whole message.
  return places.get(end === -1 ? at : at.slice(0, end)) ?? places.get("");
}

export function isApproved(baseline: Baseline, definition: Definition): boolean {
  return baseline.approved.get(pinKey(definition))?.has(definition.form) ?? false;
}

/** Takes in a decision on a definition. True where clients' lists are no longer those they would get now. */
export function takeDecision(
  { baseline, hidden }: ServerMemory,
  definition: Definition,
  decision: "approve" | "deny",
): boolean {
  foldDecision(baseline, definition, decision);
  if (decision === "deny") return false;
  // Meanwhile the server may have changed it again.
  if (definition.kind === "tool" && hidden.get(definition.name)?.form === definition.form)
    hidden.delete(definition.name);
  return true;
}

/** Takes a person's answer on one form into the baseline: the approved form becomes the pinned one. */
function foldDecision(baseline: Baseline, definition: Definition, decision: "approve" | "deny"): void {
  const key = pinKey(definition);
  const [into, outOf] =
    decision === "approve" ? [baseline.approved, baseline.denied] : [baseline.denied, baseline.approved];
  into.set(key, new Set(into.get(key)).add(definition.form));
  const others = new Set(outOf.get(key));
  others.delete(definition.form);
  outOf.set(key, others);
  if (decision === "approve") baseline.pinned.set(key, definition.form);
}

/** Before something counts as new: another session may have seen it in another form. */
export function recallPins({ memory, options }: Guard, definitions: readonly Definition[]): void {
  const { pinned } = memory.baseline;
  if (options.recallPins === undefined || definitions.every((each) => pinned.has(pinKey(each)))) return;
  for (const [key, form] of options.recallPins()) if (!pinned.has(key)) pinned.set(key, form);
}
