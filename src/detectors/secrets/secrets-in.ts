import type { Confidence } from "../../core/finding.ts";
import type { Passage } from "../../core/passage.ts";
import type { Span } from "../../text/mapped.ts";
import { viewsOf } from "../../text/views.ts";
import type { Format } from "./format.ts";
import { formats } from "./formats.ts";

/** A secret and where it stands. */
export type Secret = Span & {
  passage: Passage;
  kind: Pick<Format, "id" | "title" | "isBare">;
  text: string;
  confidence: Confidence;
};

/** No secret is shorter. */
const SHORTEST = 12;

const anyWord = new RegExp(
  [...new Set(formats.flatMap(({ words }) => words))].map((word) => word.replace(/[.$\\]/g, "\\$&")).join("|"),
);

/** The secrets of a text and of what stands encoded in it, in order, none overlapping another. */
export function secretsIn(passage: Passage): Secret[] {
  if (passage.text.length < SHORTEST) return [];
  const found: Secret[] = [];
  for (const view of viewsOf(passage)) {
    if (!anyWord.test(view.text)) continue;
    for (const kind of formats) {
      if (!kind.words.some((word) => view.text.includes(word))) continue;
      for (const match of view.text.matchAll(kind.pattern)) {
        const text = match[1] ?? match[0];
        const start = match.index + match[0].length - text.length;
        const confidence = kind.judge(text, view.text, start);
        if (confidence === undefined) continue;
        found.push({ passage, kind, text, confidence, ...view.locate(start, start + text.length) });
      }
    }
  }
  return withoutOverlaps(found);
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
