import { isAsciiLetter } from "./characters.ts";
import { UNKNOWN, type Lexicon } from "./lexicon.ts";
import type { Sink } from "./words.ts";

/** Single letters with one sign between each, as in "i g n o r e" or "i.g.n.o.r.e". */
const spacedOut = /[a-z]([ ._*~-])(?:[a-z]\1){3,400}[a-z](?![a-z])/iy;
/** A further word of the same kind, after a wider gap. */
const further = /[ ._*~/|-]{1,4}[a-z](?:[ ._*~-][a-z]){0,40}(?![a-z])/iy;

/** Reads a stretch of spaced-out letters that begins at `at`; returns its end, or `at` where none begins. */
export function readSpaced(text: string, at: number, lexicon: Lexicon, sink: Sink): number {
  if (
    !isAsciiLetter(text.charCodeAt(at)) ||
    isAsciiLetter(text.charCodeAt(at + 1)) ||
    isAsciiLetter(text.charCodeAt(at - 1))
  )
    return at;
  spacedOut.lastIndex = at;
  if (!spacedOut.test(text)) return at;
  let end = spacedOut.lastIndex;
  readJoined(text, at, end, lexicon, sink);
  for (further.lastIndex = end; further.test(text); further.lastIndex = end) {
    readJoined(text, end, further.lastIndex, lexicon, sink);
    end = further.lastIndex;
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
