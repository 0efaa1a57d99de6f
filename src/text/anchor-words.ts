/** Words by hash, the groups they belong to, and which groups must all be seen to open. */
export type AnchorWords = {
  hashes: Int32Array;
  /** By slot of `hashes`: the groups of the word there. */
  groups: (readonly number[] | undefined)[];
  /** By group: the anchors that ask for it. */
  anchorsOf: readonly (readonly number[])[];
  /** By anchor: how many groups it asks for. */
  wanted: readonly number[];
};

/** Signs that part words: nothing of them belongs to a word. */
const APART = 0;
/** A sign that may stand for a letter, or part words; the letter is in the low bits. */
const MAYBE = 0x100;
/** A sign within a word that does not count, or parts words. */
const SKIP = 0x200;
const BACKSLASH = 0x400;
/** A dot parts words, but `.env` is also a word of its own. */
const DOT = 0x800 | 46;

const letters = byteMeanings();

/** What each byte means for a word: a letter (digits and signs as the letters they imitate) or a kind of sign. */
function byteMeanings(): Uint16Array {
  const meaning = new Uint16Array(256).fill(APART);
  for (let byte = 0; byte < 256; byte++) {
    const character = String.fromCharCode(byte);
    const folded = foldedLetter(character);
    if (/[a-z0-9]/i.test(character)) meaning[byte] = folded.charCodeAt(0) | 32;
    else if (/[@$!]/.test(character)) meaning[byte] = MAYBE | folded.charCodeAt(0);
    else if (character === "'" || byte > 127) meaning[byte] = SKIP;
    else if (character === "\\") meaning[byte] = BACKSLASH;
    else if (character === ".") meaning[byte] = DOT;
  }
  return meaning;
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

/** @param anchors each a list of word groups, of every one of which a word must occur */
export function buildAnchorWords(anchors: readonly (readonly (readonly string[])[])[]): AnchorWords {
  const groupIds = new Map<readonly string[], number>();
  const anchorsOf: number[][] = [];
  const words = new Map<number, Set<number>>();
  for (const [anchor, groups] of anchors.entries()) {
    for (const group of new Set(groups)) {
      const known = groupIds.get(group);
      const id = known ?? groupIds.size;
      (anchorsOf[id] ??= []).push(anchor);
      if (known !== undefined) continue;
      groupIds.set(group, id);
      for (const word of group) if (/^\.?[a-z0-9]+$/i.test(word)) remember(words, hashOfWord(word), id);
    }
  }
  return { ...table(words), anchorsOf, wanted: anchors.map((groups) => new Set(groups).size) };
}

function remember(words: Map<number, Set<number>>, hash: number, group: number): void {
  const known = words.get(hash);
  if (known === undefined) words.set(hash, new Set([group]));
  else known.add(group);
}

function hashOfWord(word: string): number {
  let hash = 0;
  for (let at = 0; at < word.length; at++)
    hash = (Math.imul(hash, 31) + ((letters[word.charCodeAt(at)] ?? 0) & 0xff)) | 0;
  return hash;
}

function table(words: ReadonlyMap<number, ReadonlySet<number>>): Pick<AnchorWords, "hashes" | "groups"> {
  const size = 1 << Math.ceil(Math.log2(Math.max(16, words.size * 4)));
  const hashes = new Int32Array(size);
  const groups: (readonly number[] | undefined)[] = Array.from({ length: size }, () => undefined);
  for (const [hash, ids] of words) {
    let slot = hash & (size - 1);
    while (groups[slot] !== undefined) slot = (slot + 1) & (size - 1);
    hashes[slot] = hash;
    groups[slot] = [...ids];
  }
  return { hashes, groups };
}

/** Reads the words of raw JSON bytes that arrive in pieces. */
export class WordScan {
  open = false;
  readonly #words: AnchorWords;
  readonly #seen: Uint8Array;
  readonly #missing: number[];
  /** Hash since the last certain boundary, and since the last possible one. */
  #whole = 0;
  #part = 0;
  #escape = 0;

  constructor(words: AnchorWords) {
    this.#words = words;
    this.#seen = new Uint8Array(words.anchorsOf.length);
    this.#missing = [...words.wanted];
    this.open = words.wanted.includes(0);
  }

  push(chunk: Uint8Array, from: number, to: number): void {
    let whole = this.#whole;
    let part = this.#part;
    let at = from;
    for (; this.#escape > 0 && at < to; at++) whole = this.#afterBackslash(letters[chunk[at] as number] as number);
    for (; at < to; at++) {
      const meaning = letters[chunk[at] as number] as number;
      if (meaning > 0 && meaning < MAYBE) {
        whole = (Math.imul(whole, 31) + meaning) | 0;
        part = (Math.imul(part, 31) + meaning) | 0;
        continue;
      }
      if (whole !== 0) this.#check(whole, part);
      part = 0;
      if (meaning === APART) whole = 0;
      else if (meaning === DOT) whole = 46;
      else if (meaning === BACKSLASH) {
        this.#escape = 1;
        for (at++; this.#escape > 0 && at < to; at++)
          whole = this.#afterBackslash(letters[chunk[at] as number] as number);
        at--;
      } else if (meaning !== SKIP) whole = (Math.imul(whole, 31) + (meaning & 0xff)) | 0;
    }
    this.#whole = whole;
    this.#part = part;
  }

  /**
   * `\n` is white space; `\\n` is that in JSON within JSON, or a backslash and a word with n.
   * Returns the hash that goes on.
   */
  #afterBackslash(meaning: number): number {
    if (this.#escape === 1) {
      this.#escape = meaning === BACKSLASH ? 2 : 0;
      return 0;
    }
    this.#escape = meaning === BACKSLASH ? 1 : 0;
    return meaning > 0 && meaning < MAYBE ? meaning : 0;
  }

  #check(whole: number, part: number): void {
    this.#look(whole);
    if (part !== whole) this.#look(part);
  }

  #look(hash: number): void {
    const { hashes, groups } = this.#words;
    const last = hashes.length - 1;
    for (let slot = hash & last; groups[slot] !== undefined; slot = (slot + 1) & last) {
      if (hashes[slot] === hash) this.#found(groups[slot] ?? []);
    }
  }

  #found(groups: readonly number[]): void {
    for (const group of groups) {
      if (this.#seen[group] === 1) continue;
      this.#seen[group] = 1;
      for (const anchor of this.#words.anchorsOf[group] ?? []) {
        this.#missing[anchor] = (this.#missing[anchor] ?? 0) - 1;
        if (this.#missing[anchor] === 0) this.open = true;
      }
    }
  }
}
