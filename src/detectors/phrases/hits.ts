import type { Passage } from "../../core/passage.ts";
import { linesOf, type Place } from "../../text/line.ts";
import type { PhraseRule } from "../../text/phrases.ts";
import { isQuoted, quotedSpans } from "../../text/quoting.ts";
import type { Span } from "../../text/mapped.ts";
import { leakingLink, leakingLinks } from "./leaking-links.ts";
import { phrasebook } from "./phrasebook.ts";

/** A phrase found in a passage. A reported one stands in quotes, code or writing about attacks. */
export type Hit = Place & { rule: PhraseRule; isReported: boolean };

/** Of one pattern in one line; an attack needs no more. */
const MOST = 24;
/** Words before and after a phrase in which two words of security writing make it a report. */
const NEIGHBOURHOOD = 40;

/** Everything the phrasebook finds in the passages, hidden readings included. Linear. */
export function hitsIn(passages: readonly Passage[]): Hit[] {
  const { lexicon, phrases } = phrasebook();
  const quotes = new Map<Passage, readonly Span[]>();
  const hits: Hit[] = [];
  for (const line of linesOf(passages, lexicon)) {
    const signs = line.signs();
    const met = new Uint8Array(phrases.partCount);
    for (const sign of line.seen) for (const part of phrases.partsOf.get(sign) ?? []) met[part] = 1;
    for (const { rule, needs, shape } of phrases.patterns) {
      if (!needs.every((need) => met[need] === 1)) continue;
      let count = 0;
      for (const match of signs.matchAll(shape)) {
        if (count++ === MOST) break;
        const last = match.index + match[0].length - 1;
        const place = line.place(match.index, last);
        hits.push({
          ...place,
          rule,
          isReported: reported(place, quotes) || isSecurityWriting(signs, match.index, last),
        });
      }
    }
  }
  for (const passage of passages) {
    for (const span of leakingLinks(passage)) {
      const place = { ...span, passage, via: [] };
      hits.push({ ...place, rule: leakingLink, isReported: reported(place, quotes) });
    }
  }
  return hits;
}

/** Whether a place only repeats what others say: quoted, in a pattern, among words about attacks. */
function reported(place: Place, quotes: Map<Passage, readonly Span[]>): boolean {
  const here = quotes.get(place.passage) ?? quotedSpans(place.passage.text);
  quotes.set(place.passage, here);
  return isQuoted(here, place) || isExpression(place);
}

/** A pattern that looks for such phrases is not one of them. */
function isExpression({ passage, start, end }: Place): boolean {
  return /\\[swbd][+*)]?|\(\?[:i]|\.\*/.test(passage.text.slice(Math.max(0, start - 20), end + 10));
}

function isSecurityWriting(signs: string, first: number, last: number): boolean {
  const around = signs.slice(Math.max(0, first - NEIGHBOURHOOD), last + NEIGHBOURHOOD);
  return (
    new Set(around.match(phrasebook().security)).size > 1 || (around.match(phrasebook().security)?.length ?? 0) > 2
  );
}
