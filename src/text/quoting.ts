import type { Span } from "./mapped.ts";

/** Pairs that hold what somebody else said. Straight quotes are told apart by their neighbours. */
const pairs: readonly RegExp[] = [
  /“[^”\n]{1,600}”/g,
  /„[^“”\n]{1,600}[“”]/g,
  /«[^»\n]{1,600}»/g,
  /»[^«\n]{1,600}«/g,
  /「[^」\n]{1,600}」/g,
  /『[^』\n]{1,600}』/g,
  /(?<![\p{L}\d])‘[^’\n]{1,600}’(?![\p{L}\d])/gu,
  /`{3}[^`]{0,4000}(?:`{3}|$)/g,
  /`[^`\n]{1,300}`/g,
  /<(code|pre)>[^<]{1,2000}<\/\1>/gi,
  /^[ \t]{0,3}>[^\n]{0,2000}/gm,
  /(?<![\p{L}\d\\])'[^'\n]{1,400}'(?![\p{L}\d])/gu,
];

const straight = /"[^"\n]{1,600}"/g;
const anyQuote = /["'`“„«»「『‘>]|<(?:code|pre)>/i;

/**
 * Where a text repeats other words rather than saying them: quotes, inline code, fenced code,
 * quoted lines. Strings of a JSON text are its structure and do not count, nor does a quote
 * that is nearly the whole text.
 */
export function quotedSpans(text: string): readonly Span[] {
  if (!anyQuote.test(text)) return [];
  const spans: Span[] = [];
  const add = (match: RegExpExecArray): void => {
    if (match[0].length < text.length * 0.8) spans.push({ start: match.index, end: match.index + match[0].length });
  };
  for (const pair of pairs) for (const match of text.matchAll(pair)) add(match);
  for (const match of text.matchAll(straight))
    if (!isStructure(text, match.index, match.index + match[0].length)) add(match);
  return merged(spans);
}

/** Whether the whole of `span` stands in one of the quotes. */
export function isQuoted(quotes: readonly Span[], { start, end }: Span): boolean {
  let low = 0;
  let high = quotes.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((quotes[middle]?.start ?? 0) <= start) low = middle;
    else high = middle - 1;
  }
  const nearest = quotes[low];
  return nearest !== undefined && nearest.start <= start && end <= nearest.end;
}

function merged(spans: Span[]): readonly Span[] {
  const whole: Span[] = [];
  for (const span of spans.sort((one, other) => one.start - other.start)) {
    const last = whole.at(-1);
    if (last === undefined || span.start >= last.end) whole.push(span);
    else last.end = Math.max(last.end, span.end);
  }
  return whole;
}

function isStructure(text: string, start: number, end: number): boolean {
  const before =
    text
      .slice(Math.max(0, start - 8), start)
      .trimEnd()
      .at(-1) ?? "";
  const after =
    text
      .slice(end, end + 8)
      .trimStart()
      .at(0) ?? "";
  return /^[[{:,]$/.test(before) && /^[\]},:]$/.test(after);
}
