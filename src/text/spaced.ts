import { isAsciiLetter } from "./characters.ts";
import { UNKNOWN, type Lexicon } from "./lexicon.ts";
import type { Sink } from "./words.ts";

/** Single letters with signs between, as in "i g n o r e" or "i.g.n.o.r.e"; wider gaps may part words. */
const spacedOut = /[a-z](?:[ ._*~-]{1,4}[a-z](?![a-z])){4,800}/iy;
const wideGap = /[ ._*~-]{2,4}/;

/** Reads a stretch of spaced-out letters that begins at `at`; returns its end, or `at` where none begins. */
export function readSpaced(text: string, at: number, lexicon: Lexicon, sink: Sink): number {
  if (isAsciiLetter(text.charCodeAt(at + 1)) || isAsciiLetter(text.charCodeAt(at - 1))) return at;
  spacedOut.lastIndex = at;
  if (!spacedOut.test(text)) return at;
  const end = spacedOut.lastIndex;
  const stretch = text.slice(at, end);
  // With the same gap everywhere nothing says where a word ends.
  const isUniform = !/(?:^|[a-z])[ ._*~-][a-z]/i.test(stretch);
  let from = at;
  for (const word of isUniform ? [stretch] : stretch.split(wideGap)) {
    const start = text.indexOf(word, from);
    readJoined(text, start, start + word.length, lexicon, sink);
    from = start + word.length;
  }
  return end;
}

/** Finds words in letters that were joined; where a word ends is not known, so the longest is taken. */
function readJoined(text: string, start: number, end: number, lexicon: Lexicon, sink: Sink): void {
  const places: number[] = [];
  for (let at = start; at < end; at++) if (isAsciiLetter(text.charCodeAt(at))) places.push(at);
  const letters = places
    .map((place) => text.charAt(place))
    .join("")
    .toLowerCase();
  let isUnknown = false;
  for (let at = 0; at < letters.length;) {
    const length = knownLength(letters, at, lexicon);
    const sign = lexicon.exact(letters.slice(at, at + length));
    if (sign !== undefined || !isUnknown)
      sink(sign ?? UNKNOWN, places[at] ?? start, (places[at + length - 1] ?? end) + 1, sign !== undefined);
    isUnknown = sign === undefined;
    at += length;
  }
}

function knownLength(letters: string, at: number, lexicon: Lexicon): number {
  for (let length = Math.min(lexicon.longest, letters.length - at); length > 1; length--) {
    if (lexicon.exact(letters.slice(at, at + length)) !== undefined) return length;
  }
  return 1;
}
