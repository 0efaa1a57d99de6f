import { foldCharacter } from "./fold.ts";

/** Signs that part words: nothing of them belongs to a word. */
export const APART = 0;
/** A sign that may stand for a letter, or part words; the letter is in the low bits. */
export const MAYBE = 0x100;
/** A sign within a word that does not count, or parts words. */
export const SKIP = 0x200;
export const BACKSLASH = 0x400;
/** A dot parts words, but `.env` is also a word of its own. */
export const DOT = 0x800 | 46;
/** The first byte of an accented Latin letter in UTF-8; the second says which. */
export const LATIN = 0x1000;

export const letters = byteMeanings();

/** What each byte means for a word: a letter (digits and signs as the letters they imitate) or a kind of sign. */
function byteMeanings(): Uint16Array {
  const meaning = new Uint16Array(256).fill(APART);
  for (let byte = 0; byte < 256; byte++) {
    const character = String.fromCharCode(byte);
    const folded = foldedLetter(character);
    if (/[a-z0-9]/i.test(character)) meaning[byte] = folded.charCodeAt(0) | 32;
    else if (/[@$!]/.test(character)) meaning[byte] = MAYBE | folded.charCodeAt(0);
    else if (byte === 0xc3) meaning[byte] = LATIN;
    else if (character === "'" || byte > 127) meaning[byte] = SKIP;
    else if (character === "\\") meaning[byte] = BACKSLASH;
    else if (character === ".") meaning[byte] = DOT;
  }
  return meaning;
}

/** By second byte less 0x80: the letter without its accent, or the character itself where it has none; × and ÷ part words. */
export const latinLetters = Uint16Array.from({ length: 64 }, (_, index) => {
  const code = 0xc0 + index;
  if (code === 0xd7 || code === 0xf7) return APART;
  const plain = foldCharacter(code);
  return plain.length === 1 ? letterCode(plain) : APART;
});

function letterCode(character: string): number {
  return foldedLetter(character).charCodeAt(0) | (character < "\x80" ? 32 : 0);
}

function foldedLetter(character: string): string {
  const spellings: Readonly<Record<string, string>> = {
    "0": "o",
    "1": "i",
    l: "i",
    L: "i",
    "!": "i",
    "3": "e",
    "4": "a",
    "@": "a",
    "5": "s",
    $: "s",
    "7": "t",
  };
  return spellings[character] ?? character;
}

/** What the character with this code means within an anchor word. */
export function meaningOf(code: number): number {
  return code >= 0xc0 ? (latinLetters[code - 0xc0] ?? APART) : (letters[code] ?? APART) & 0xff;
}
