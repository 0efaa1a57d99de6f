import { isIgnorable, isUnspaced, tagLetter } from "./characters.ts";
import lookalikes from "./lookalikes.json" with { type: "json" };

/** Alphabets of enclosed letters that Unicode does not decompose: first code point of A. */
const enclosed = [0x1f130, 0x1f150, 0x1f170, 0x1f1e6];
const remembered = new Map<number, string>();
const mostRemembered = 4096;

const lookalike = new Map<string, string>();
for (const [latin, others] of Object.entries(lookalikes)) for (const other of others) lookalike.set(other, latin);

/** The character as plainly as it can be written: lower case, no accents, no style; "" where it shows nothing. */
export function foldCharacter(code: number): string {
  const known = remembered.get(code);
  if (known !== undefined) return known;
  const folded = fold(code);
  if (remembered.size < mostRemembered) remembered.set(code, folded);
  return folded;
}

function fold(code: number): string {
  const tag = tagLetter(code);
  if (tag !== undefined) return tag.toLowerCase();
  if (isIgnorable(code)) return "";
  for (const first of enclosed) if (code >= first && code < first + 26) return String.fromCharCode(97 + code - first);
  const character = String.fromCodePoint(code);
  if (isUnspaced(code)) return character;
  return [...character.normalize("NFKD").toLowerCase()]
    .filter((part) => !isIgnorable(part.codePointAt(0) ?? 0))
    .join("");
}

/** The word with letters of other scripts replaced by the Latin letters they look like. */
export function latinised(word: string): string {
  let out = "";
  for (const character of word) out += lookalike.get(character) ?? character;
  return out;
}

const leet: Readonly<Record<string, string>> = {
  "0": "o",
  "1": "i",
  "3": "e",
  "4": "a",
  "5": "s",
  "7": "t",
  "@": "a",
  $: "s",
  "!": "i",
  "|": "i",
  l: "i",
};

/** The word with digits and signs read as letters. `l` becomes `i` too: "1" may stand for either. */
export function unleeted(word: string): string {
  let out = "";
  for (const character of word) out += leet[character] ?? character;
  return out;
}
