import type { Passage } from "../../core/passage.ts";
import { linesOf, type Line, type Place } from "../../text/line.ts";
import type { Span } from "../../text/mapped.ts";
import type { CompiledPattern, PhraseRule } from "../../text/phrases.ts";
import { leakingLink, leakingLinks } from "./leaking-links.ts";
import { phrasebook } from "./phrasebook.ts";
import { isReport, isSecurityWriting } from "./reports.ts";

/** A phrase found in a passage. A reported one stands in quotes, code or writing about attacks. */
export type Hit = Place & { rule: PhraseRule; isReported: boolean };

/** Of one pattern in one stretch; an attack needs no more. */
const MOST = 24;
/** Words before and after a phrase in which it is looked for what makes it worse. */
const COMPANY = 60;

/** A hit and the words it consists of. */
type Match = { hit: Hit; first: number; last: number };

/** Everything the phrasebook finds in the passages, hidden readings included. Linear. */
export function hitsIn(passages: readonly Passage[]): Hit[] {
  const hits: Hit[] = passages.flatMap((passage) =>
    leakingLinks(passage).map((span) => {
      const place = { ...span, passage, via: [] };
      return { ...place, rule: leakingLink, isReported: isReport(place) };
    }),
  );
  const hasLinks = hits.length > 0;
  for (const line of linesOf(passages, phrasebook().lexicon)) {
    const patterns = possiblePatterns(line);
    if (patterns.length === 0) continue;
    const signs = line.signs();
    const everywhere = { start: 0, end: signs.length };
    const alone = patterns
      .filter(({ rule }) => rule.beside === undefined)
      .flatMap((pattern) => matches(pattern, line, signs, everywhere));
    const strong = alone.filter(({ hit }) => !hit.isReported && hit.rule.severity !== "low");
    const stretches = hasLinks ? [everywhere] : around(strong);
    for (const { hit } of alone) hits.push(hit);
    for (const pattern of patterns.filter(({ rule }) => rule.beside !== undefined)) {
      for (const stretch of stretches) for (const { hit } of matches(pattern, line, signs, stretch)) hits.push(hit);
    }
  }
  return hits;
}

/** The patterns of which every part that is needed has a word in the line. */
function possiblePatterns(line: Line): CompiledPattern[] {
  const { phrases } = phrasebook();
  const met = new Uint8Array(phrases.partCount);
  for (const sign of line.seen()) for (const part of phrases.partsOf.get(sign) ?? []) met[part] = 1;
  return phrases.patterns.filter(({ needs }) => needs.every((need) => met[need] === 1));
}

function matches({ rule, shape }: CompiledPattern, line: Line, signs: string, { start, end }: Span): Match[] {
  const found: Match[] = [];
  shape.lastIndex = start;
  for (
    let match = shape.exec(signs);
    match !== null && match.index < end && found.length < MOST;
    match = shape.exec(signs)
  ) {
    const [first, last] = [match.index, match.index + match[0].length - 1];
    const place = line.place(first, last);
    found.push({
      hit: { ...place, rule, isReported: isReport(place) || isSecurityWriting(signs, first, last) },
      first,
      last,
    });
  }
  return found;
}

/** The words around matches, as stretches that do not overlap. */
function around(found: readonly Match[]): Span[] {
  const stretches: Span[] = [];
  for (const { first, last } of found.toSorted((one, other) => one.first - other.first)) {
    const before = stretches.at(-1);
    const start = Math.max(0, first - COMPANY);
    if (before !== undefined && start <= before.end) before.end = Math.max(before.end, last + COMPANY);
    else stretches.push({ start, end: last + COMPANY });
  }
  return stretches;
}
