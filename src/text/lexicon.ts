import { isUnspaced } from "./characters.ts";
import { foldCharacter, latinised, unleeted } from "./fold.ts";
import { rot13 } from "./turned.ts";

/** The sign of a word that says nothing to us, of the end of a sentence, of the end of a passage. */
export const UNKNOWN = ".";
export const STOP = "|";
export const BREAK = "¦";

/** Signs of words begin here, one for each set of concepts that some word belongs to. */
const FIRST_SIGN = 0x100;

export type Found = {
  sign: string;
  /** True where the word was written so that it would not be found. */ disguised: boolean;
};

/** Words and what they mean to a detector. A word may belong to several concepts. */
export type Lexicon = {
  /** The sign of a word in lower case as `normalise` gives it. */
  find(word: string): Found | undefined;
  /** The sign of a word as it stands, without unmasking. */
  exact(word: string): string | undefined;
  /** All signs of the words of a concept, as the inside of a character class. */
  signsOf(concept: string): string;
  wordsOf(concept: string): readonly string[];
  /** Length of the longest word in a script without spaces, and of the longest word at all. */
  longestUnspaced: number;
  longest: number;
  /** True where the word is one of `strong` turned by 13 places, or written backwards. */
  isTurned(word: string): boolean;
  turnedWords: readonly string[];
  /** False where no word of plain ASCII letters with this hash is known or turned: the cheap look. */
  mayKnow(hash: number): boolean;
};

/**
 * @param table words by concept, separated by spaces
 * @param strong the concepts whose words are worth a look when written backwards or in ROT13
 */
export function buildLexicon(table: Readonly<Record<string, string>>, strong: readonly string[]): Lexicon {
  const conceptsOf = new Map<string, Set<string>>();
  for (const [concept, words] of Object.entries(table)) {
    for (const word of words.split(/\s+/))
      conceptsOf.set(folded(word), (conceptsOf.get(folded(word)) ?? new Set()).add(concept));
  }
  const signs = new Map<string, { sign: string; concepts: ReadonlySet<string> }>();
  const exact = new Map<string, string>();
  const leet = new Map<string, string>();
  for (const [word, concepts] of conceptsOf) {
    const key = [...concepts].sort().join(" ");
    const known = signs.get(key) ?? { sign: String.fromCharCode(FIRST_SIGN + signs.size), concepts };
    signs.set(key, known);
    exact.set(word, known.sign);
    if (word.length > 2) leet.set(unleeted(word), known.sign);
  }
  const words = [...conceptsOf.keys()];
  const turned = new Set<string>();
  for (const concept of strong)
    for (const word of inConcept(table, concept))
      if (/^[a-z]{5,}$/.test(word)) turned.add(rot13(word)).add([...word].reverse().join(""));
  return {
    find: (word) => find(word, exact, leet),
    exact: (word) => exact.get(word),
    signsOf: (concept) =>
      [...signs.values()]
        .filter(({ concepts }) => concepts.has(concept))
        .map(({ sign }) => sign)
        .join(""),
    wordsOf: (concept) => inConcept(table, concept),
    longestUnspaced: Math.max(
      0,
      ...words.filter((word) => isUnspaced(word.codePointAt(0) ?? 0)).map(({ length }) => length),
    ),
    longest: Math.max(0, ...words.map(({ length }) => length)),
    isTurned: (word) => turned.has(word),
    turnedWords: [...turned],
    mayKnow: hashSet([...words, ...turned]),
  };
}

const HASH_BITS = 16;

function hashSet(words: readonly string[]): (hash: number) => boolean {
  const bits = new Uint8Array(1 << HASH_BITS);
  const slot = (hash: number): number => Math.imul(hash, 0x9e3779b1) >>> (32 - HASH_BITS);
  for (const word of words) {
    let hash = 0;
    for (let at = 0; at < word.length; at++) hash = (Math.imul(hash, 31) + (word.charCodeAt(at) | 32)) | 0;
    bits[slot(hash)] = 1;
  }
  return (hash) => bits[slot(hash)] === 1;
}

function inConcept(table: Readonly<Record<string, string>>, concept: string): string[] {
  return (table[concept] ?? "").split(/\s+/).map(folded);
}

function folded(word: string): string {
  return [...word]
    .map((character) => foldCharacter(character.codePointAt(0) ?? 0))
    .join("")
    .toLowerCase();
}

function find(word: string, exact: ReadonlyMap<string, string>, leet: ReadonlyMap<string, string>): Found | undefined {
  const plain = exact.get(word);
  if (plain !== undefined) return { sign: plain, disguised: false };
  const isAscii = /^[\x00-\x7f]*$/.test(word);
  const latin = isAscii ? word : latinised(word);
  const sign = isAscii ? undefined : exact.get(latin);
  if (sign !== undefined) return { sign, disguised: true };
  if (latin.length < 3 || !/[0-9@$!|]/.test(latin) || !/[a-z]/.test(latin)) return undefined;
  const unmasked = leet.get(unleeted(latin));
  return unmasked === undefined ? undefined : { sign: unmasked, disguised: true };
}
