import type { Confidence } from "../../core/finding.ts";
import type { Passage } from "../../core/passage.ts";
import type { Span } from "../../text/mapped.ts";
import { viewsOf, type View } from "../../text/views.ts";
import type { Format } from "./format.ts";
import { wordHits } from "./word-hits.ts";

/** A secret and where it stands. */
export type Secret = Span & {
  passage: Passage;
  kind: Pick<Format, "id" | "title" | "isBare">;
  text: string;
  confidence: Confidence;
};

/** No secret is shorter. */
const SHORTEST = 12;

/** The secrets of a text and of what stands encoded in it, in order, none overlapping another. */
export function secretsIn(passage: Passage): Secret[] {
  if (passage.text.length < SHORTEST) return [];
  const found = viewsOf(passage).flatMap((view) => secretsInView(passage, view));
  return found.length < 2 ? found : withoutOverlaps(found);
}

function secretsInView(passage: Passage, view: View): Secret[] {
  const found: Secret[] = [];
  /** How far each format has been read: what lies within a match is part of it. */
  const read = new Map<Format, number>();
  for (const { format: kind, at } of wordHits(view.text)) {
    const from = at - kind.before;
    if (from < (read.get(kind) ?? Number.NEGATIVE_INFINITY)) continue;
    const match = matchAt(kind, view.text, Math.max(0, from), at);
    if (match === undefined) continue;
    const end = match.index + match[0].length;
    read.set(kind, end);
    const text = match[1] ?? match[0];
    const confidence = kind.judge(text, view.text, end - text.length);
    if (confidence !== undefined)
      found.push({ passage, kind, text, confidence, ...view.locate(end - text.length, end) });
  }
  return found;
}

/** A word may stand some way into its secret; then every place before it is tried. */
function matchAt({ pattern }: Format, text: string, from: number, to: number): RegExpExecArray | undefined {
  for (let start = from; start <= to; start++) {
    pattern.lastIndex = start;
    const match = pattern.exec(text);
    if (match !== null) return match;
  }
  return undefined;
}

/** Of two that overlap the surer counts, then the longer, then the one of the earlier format. */
function withoutOverlaps(found: readonly Secret[]): Secret[] {
  const kept: Secret[] = [];
  for (const secret of found.toSorted((one, other) => one.start - other.start || other.end - one.end)) {
    const last = kept.at(-1);
    if (last === undefined || secret.start >= last.end) kept.push(secret);
    else if (secret.confidence === "hard" && last.confidence === "soft") kept[kept.length - 1] = secret;
  }
  return kept;
}
