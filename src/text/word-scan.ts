import { isAsciiLetter } from "./characters.ts";
import type { AnchorWords } from "./anchor-words.ts";
import { APART, BACKSLASH, DOT, LATIN, latinLetters, letters, MAYBE, SKIP } from "./letter-meanings.ts";

/** Reads the words of raw JSON bytes that arrive in pieces. */
export class WordScan {
  open = false;
  readonly #words: AnchorWords;
  /** By group: whether a word of it was met; by anchor: how many groups it still misses. */
  readonly #seen: Uint8Array;
  readonly #missing: Uint8Array;
  readonly #wanted: Uint8Array;
  /** Most messages hold no anchor word: then there is nothing to forget. */
  #isFresh = false;
  /** Hash since the last certain boundary, and since the last possible one. */
  #whole = 0;
  #part = 0;
  #escape = 0;
  #isLatin = false;
  /** Whether the word that the last chunk broke off has a letter so far. */
  #hadLetter = false;

  constructor(words: AnchorWords) {
    this.#words = words;
    this.#wanted = Uint8Array.from(words.wanted);
    this.#missing = new Uint8Array(words.wanted.length);
    this.#seen = new Uint8Array(words.anchorsOf.length);
    this.begin();
  }

  begin(): void {
    this.open = this.#wanted.includes(0);
    this.#isFresh = true;
    this.#whole = 0;
    this.#part = 0;
    this.#escape = 0;
    this.#isLatin = false;
    this.#hadLetter = false;
  }

  push(chunk: Uint8Array, from: number, to: number): void {
    let whole = this.#whole;
    let part = this.#part;
    let at = from;
    for (; this.#escape > 0 && at < to; at++) whole = this.#afterBackslash(letters[chunk[at] as number] as number);
    for (; at < to; at++) {
      const byte = chunk[at] as number;
      const meaning = letters[byte] as number;
      const letter = meaning > 0 && meaning < MAYBE ? meaning : this.#latinLetter(byte, meaning);
      if (letter !== APART) {
        whole = (Math.imul(whole, 31) + letter) | 0;
        part = (Math.imul(part, 31) + letter) | 0;
        continue;
      }
      if (meaning === LATIN) continue;
      if (whole !== 0) this.#check(whole, part, chunk, at);
      part = 0;
      whole = this.#afterSign(meaning, whole);
      while (this.#escape > 0 && at + 1 < to) whole = this.#afterBackslash(letters[chunk[++at] as number] as number);
    }
    this.#whole = whole;
    this.#part = part;
    if (to === chunk.length) this.#hadLetter = this.#hasLetter(chunk, to);
  }

  /** The letter that two bytes of UTF-8 spell, at the second of them. */
  #latinLetter(byte: number, meaning: number): number {
    const isSecond = this.#isLatin;
    this.#isLatin = meaning === LATIN;
    return isSecond ? (latinLetters[byte - 0x80] ?? APART) : APART;
  }

  /** The hash that goes on behind a sign. */
  #afterSign(meaning: number, whole: number): number {
    if (meaning === SKIP) return whole;
    if (meaning === DOT) return meaning & 0xff;
    if (meaning === BACKSLASH) this.#escape = 1;
    if (meaning === APART || meaning === BACKSLASH) return 0;
    return (Math.imul(whole, 31) + (meaning & 0xff)) | 0;
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

  /** Looks up the word that ends before `at`. */
  #check(whole: number, part: number, chunk: Uint8Array, at: number): void {
    this.#look(whole, chunk, at);
    if (part !== whole) this.#look(part, chunk, at);
  }

  #look(hash: number, chunk: Uint8Array, at: number): void {
    const { hashes, places } = this.#words;
    const last = hashes.length - 1;
    for (let slot = hash & last; places[slot] !== 0; slot = (slot + 1) & last) {
      if (hashes[slot] === hash && this.#hasLetter(chunk, at)) this.#found(places[slot] as number);
    }
  }

  /** Counts down what the anchors of the groups at `place` still miss. */
  #found(place: number): void {
    const { groups, anchorsOf } = this.#words;
    if (this.#isFresh) this.#forget();
    const end = place + (groups[place] as number);
    for (let at = place + 1; at <= end; at++) {
      const group = groups[at] as number;
      if (this.#seen[group] === 1) continue;
      this.#seen[group] = 1;
      for (const anchor of anchorsOf[group] ?? []) {
        this.#missing[anchor] = (this.#missing[anchor] ?? 0) - 1;
        if (this.#missing[anchor] === 0) this.open = true;
      }
    }
  }

  /** A number is no word, though its digits may be read as letters. */
  #hasLetter(chunk: Uint8Array, end: number): boolean {
    for (let at = end - 1; at >= 0; at--) {
      const byte = chunk[at] as number;
      if (isAsciiLetter(byte) || byte > 127) return true;
      const meaning = letters[byte] as number;
      if (meaning === APART || meaning === DOT || meaning === BACKSLASH) return false;
    }
    return this.#hadLetter;
  }

  #forget(): void {
    this.#isFresh = false;
    this.#seen.fill(0);
    this.#missing.set(this.#wanted);
  }
}
