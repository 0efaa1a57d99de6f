import type { Format } from "./format.ts";
import { formats } from "./formats.ts";

/** A format whose word stands at `at`. */
export type WordHit = { format: Format; at: number };

type Entry = { word: string; format: Format };

/** Characters beyond ASCII begin no word. */
const ASCII = 128;

/** All words by their first two characters, and which pairs there are. */
const byPair = new Map<number, Entry[]>();
const isPair = new Uint8Array(ASCII * ASCII);
for (const format of formats) {
  for (const word of format.words) {
    const pair = word.charCodeAt(0) * ASCII + word.charCodeAt(1);
    isPair[pair] = 1;
    byPair.set(pair, [...(byPair.get(pair) ?? []), { word, format }]);
  }
}

/** Where a secret may begin, in order. One pass, whatever the number of formats. */
export function wordHits(text: string): WordHit[] {
  const hits: WordHit[] = [];
  let first = text.charCodeAt(0);
  for (let at = 1; at < text.length; at++) {
    const second = text.charCodeAt(at);
    const pair = first * ASCII + second;
    first = second;
    if (second >= ASCII || isPair[pair] !== 1) continue;
    for (const { word, format } of byPair.get(pair) ?? [])
      if (text.startsWith(word, at - 1)) hits.push({ format, at: at - 1 });
  }
  return hits;
}
