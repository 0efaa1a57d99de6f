import type { Passage } from "../../core/passage.ts";
import type { Place } from "../../text/line.ts";
import type { Span } from "../../text/mapped.ts";
import { isQuoted, quotedSpans } from "../../text/quoting.ts";
import { phrasebook } from "./phrasebook.ts";

/** Words before and after a phrase in which two words of security writing make it a report. */
const NEIGHBOURHOOD = 40;

const quotes = new WeakMap<Passage, readonly Span[]>();

/** Whether a place only repeats what others say: it is quoted, or part of a pattern that looks for it. */
export function isReport(place: Place): boolean {
  const { passage, start, end } = place;
  const here = quotes.get(passage) ?? quotedSpans(passage.text);
  quotes.set(passage, here);
  return (
    isQuoted(here, place) || /\\[swbd][+*)]?|\(\?[:i]|\.\*/.test(passage.text.slice(Math.max(0, start - 20), end + 10))
  );
}

/** Whether words about attacks stand around: such a text speaks of phrases rather than saying them. */
export function isSecurityWriting(signs: string, first: number, last: number): boolean {
  const words =
    signs.slice(Math.max(0, first - NEIGHBOURHOOD), last + NEIGHBOURHOOD).match(phrasebook().security) ?? [];
  return new Set(words).size > 1 || words.length > 2;
}
