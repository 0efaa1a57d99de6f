import { isUnspaced } from "./characters.ts";
import { foldCharacter, latinised, unleeted } from "./fold.ts";
import { rot13 } from "./turned.ts";

/** The sign of a word that says nothing to us, of the end of a sentence, of the end of a passage. */
export const UNKNOWN = ".";
export const STOP = "|";
export const BREAK = "¦";

/** Signs of words begin here, one for each set of concepts that some word belongs to. */
const FIRST_SIGN = 0x100;
/** No sign has a higher code. */
export const MOST_SIGNS = 0x600;

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
  const wordsOf = new Map(Object.entries(table).map(([concept, words]) => [concept, words.split(/\s+/).map(folded)]));
  const { exact, signsOf } = signed(wordsOf);
  const leet = new Map<string, string>();
  for (const [word, sign] of exact) if (word.length > 1 && isAscii(word)) leet.set(unleeted(word), sign);
  const turned = new Set<string>();
  for (const concept of strong)
    for (const word of wordsOf.get(concept) ?? [])
      if (/^[a-z]{5,}$/.test(word)) turned.add(rot13(word)).add([...word].reverse().join(""));
  const words = [...exact.keys()];
  return {
    find: (word) => find(word, exact, leet),
    exact: (word) => exact.get(word),
    signsOf: (concept) => signsOf.get(concept) ?? "",
    wordsOf: (concept) => wordsOf.get(concept) ?? [],
    longestUnspaced: longestOf(words.filter((word) => isUnspaced(word.codePointAt(0) ?? 0))),
    longest: longestOf(words),
    isTurned: (word) => turned.has(word),
    turnedWords: [...turned],
    mayKnow: hashSet([...words.filter(isAscii), ...turned]),
  };
}

/** Words that belong to the same concepts share a sign. */
function signed(wordsOf: ReadonlyMap<string, readonly string[]>): {
  exact: Map<string, string>;
  signsOf: Map<string, string>;
} {
  const conceptsOf = new Map<string, string>();
  for (const [concept, words] of wordsOf) {
    for (const word of new Set(words)) conceptsOf.set(word, `${conceptsOf.get(word) ?? ""} ${concept}`);
  }
  const signOf = new Map<string, string>();
  const signsOf = new Map<string, string>();
  const exact = new Map<string, string>();
  for (const [word, concepts] of conceptsOf) {
    const known = signOf.get(concepts);
    const sign = known ?? String.fromCharCode(FIRST_SIGN + signOf.size);
    exact.set(word, sign);
    if (known !== undefined) continue;
    signOf.set(concepts, sign);
    for (const concept of concepts.trim().split(" ")) signsOf.set(concept, (signsOf.get(concept) ?? "") + sign);
  }
  if (FIRST_SIGN + signOf.size > MOST_SIGNS) throw new Error("Too many combinations of concepts");
  return { exact, signsOf };
}

function isAscii(word: string): boolean {
  return /^[\x21-\x7e]+$/.test(word);
}

function longestOf(words: readonly string[]): number {
  return words.reduce((most, { length }) => Math.max(most, length), 0);
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

function folded(word: string): string {
  if (isAscii(word)) return word;
  return [...word]
    .map((character) => foldCharacter(character.codePointAt(0) ?? 0))
    .join("")
    .toLowerCase();
}

function find(word: string, exact: ReadonlyMap<string, string>, leet: ReadonlyMap<string, string>): Found | undefined {
  const plain = exact.get(word);
  if (plain !== undefined) return { sign: plain, disguised: false };
  const latin = isAscii(word) ? word : latinised(word);
  const sign = isAscii(word) ? undefined : exact.get(latin);
  if (sign !== undefined) return { sign, disguised: true };
  if (latin.length < 2 || !/[0-9@$!|]/.test(latin) || !/[a-z]/.test(latin)) return undefined;
  const unmasked = leet.get(unleeted(latin));
  return unmasked === undefined ? undefined : { sign: unmasked, disguised: true };
}
