import type { Passage } from "../core/passage.ts";
import { encodedRuns } from "./encoded-runs.ts";
import { chained, type Mapped, type Span } from "./mapped.ts";
import { normalise } from "./normalise.ts";
import { smuggledText } from "./smuggled.ts";
import { unescaped } from "./unescape.ts";

/** One way to read a text. `via` names what had to be undone, outermost first; empty for the plain reading. */
export type View = Mapped & { via: readonly string[] };

/** An encoding inside an encoding inside an encoding is followed, no further. */
const DEEPEST = 3;

const remembered = new WeakMap<Passage, readonly View[]>();

/** All readings of a passage, the plain one first; made once however many detectors ask. */
export function viewsOf(passage: Passage): readonly View[] {
  const known = remembered.get(passage);
  if (known !== undefined) return known;
  const views = readings(passage.text);
  remembered.set(passage, views);
  return views;
}

/** The text normalised, and every text that stands encoded in it. Linear: each level is shorter than the last. */
export function readings(text: string): readonly View[] {
  const plain: View = { ...normalise(text), via: [] };
  return [plain, ...hiddenIn(plain, text, DEEPEST)];
}

function hiddenIn(plain: View, raw: string, depth: number): View[] {
  if (depth === 0) return [];
  const views: View[] = [];
  const add = (view: View): void => {
    views.push(view, ...hiddenIn(view, view.text, depth - 1));
  };
  const undone = unescaped(plain.text);
  if (undone !== undefined) add(normalised(chained(plain, undone), [...plain.via, "escapes"]));
  for (const { text, start, end, from } of encodedRuns(plain.text)) {
    add(normalised(standingAt(text, plain.locate(start, end)), [...plain.via, from]));
  }
  if (plain.via.length > 0 || plain.text === raw) return views;
  for (const { text, start, end } of smuggledText(raw))
    add(normalised(standingAt(text, { start, end }), ["selectors"]));
  return views;
}

function normalised(source: Mapped, via: readonly string[]): View {
  return { ...chained(source, normalise(source.text)), via };
}

/** A decoded text as a whole stands where its encoded form stood. */
function standingAt(text: string, span: Span): Mapped {
  return { text, locate: () => span };
}
