import { isAsciiLetter, isDigit, isUnspaced } from "./characters.ts";
import { STOP, UNKNOWN, type Lexicon } from "./lexicon.ts";
import { readSpaced } from "./spaced.ts";
import { isWordCharacter } from "./word-characters.ts";

/** Receives the words of a text in order, with their offsets. */
export type Sink = (sign: string, start: number, end: number, disguised: boolean) => void;

const address = /:\/\/[^\s"'<>`\\)\]}]{0,2000}|@[\w-]{1,63}\.[\w.-]{1,63}/y;
const closings = ["t", "s", "d", "m", "re", "ve", "ll"];

/**
 * Reads the words of a normalised text. True where some stand backwards or in ROT13, so that the
 * turned text deserves a reading of its own. Linear.
 */
export function readWords(text: string, lexicon: Lexicon, sink: Sink): boolean {
  const reader = new WordReader(text, lexicon, sink);
  for (let at = 0; at < text.length;) at = reader.read(at);
  return reader.isTurned;
}

class WordReader {
  isTurned = false;
  readonly #text: string;
  readonly #lexicon: Lexicon;
  readonly #sink: Sink;

  constructor(text: string, lexicon: Lexicon, sink: Sink) {
    this.#text = text;
    this.#lexicon = lexicon;
    this.#sink = sink;
  }

  /** Reads what stands at an offset; returns where the next begins. */
  read(at: number): number {
    const text = this.#text;
    let code = text.charCodeAt(at);
    if (!isAsciiLetter(code)) {
      if (!isWordCharacter(code)) return this.#readSign(at, code);
      if (isUnspaced(code)) return this.#readUnspaced(at);
    }
    let hash = 0;
    let end = at;
    for (; isAsciiLetter(code); code = text.charCodeAt(++end)) hash = (Math.imul(hash, 31) + (code | 32)) | 0;
    if (end === at + 1) {
      const spaced = readSpaced(text, at, this.#lexicon, this.#sink);
      if (spaced > at) return spaced;
    }
    if (endsPlainly(code) && !followsSign(text, at)) return this.#readPlain(at, end, hash);
    return this.#readWord(at, wordEnd(text, end));
  }

  /** A word of ASCII letters, with nothing around it that could change what it means. */
  #readPlain(start: number, end: number, hash: number): number {
    let sign: string | undefined;
    if (this.#lexicon.mayKnow(hash)) {
      const word = this.#text.slice(start, end).toLowerCase();
      sign = this.#lexicon.exact(word);
      if (sign === undefined && this.#lexicon.isTurned(word)) this.isTurned = true;
    }
    this.#sink(sign ?? UNKNOWN, start, end, false);
    return end;
  }

  #readWord(start: number, end: number): number {
    const text = this.#text;
    const word = text.slice(start, end).toLowerCase().replace(/['’]/g, "");
    const marked = followsSign(text, start) ? this.#withSign(start, word) : undefined;
    const found = marked === undefined ? this.#lexicon.find(word) : { sign: marked, disguised: false };
    this.#sink(found?.sign ?? UNKNOWN, start, end, found?.disguised ?? false);
    this.isTurned ||= this.#lexicon.isTurned(word);
    const afterwards = afterAddress(text, end);
    if (afterwards > end) this.#sinkAs(text.charCodeAt(end) === 64 ? "@" : "://", start, afterwards);
    return afterwards;
  }

  /** `.env`, `<system`, `[system`, and `# system` as a heading of its own, are words of their own. */
  #withSign(start: number, word: string): string | undefined {
    const before = this.#text.slice(Math.max(0, start - 2), start);
    const after = this.#text.charAt(start + word.length);
    if (before.endsWith(".")) return this.#lexicon.exact(`.${word}`);
    if (/#[ ]?$/.test(before)) return /^[:\n]?$/.test(after) ? this.#lexicon.exact(`#${word}`) : undefined;
    return /[<[]$|<\|$/.test(before) && !/^[-_.]$/.test(after) ? this.#lexicon.exact(`<${word}`) : undefined;
  }

  #readUnspaced(at: number): number {
    const text = this.#text;
    for (let length = Math.min(this.#lexicon.longestUnspaced, text.length - at); length > 0; length--) {
      const sign = this.#lexicon.exact(text.slice(at, at + length));
      if (sign === undefined) continue;
      this.#sink(sign, at, at + length, false);
      return at + length;
    }
    this.#sink(UNKNOWN, at, at + 1, false);
    return at + 1;
  }

  #readSign(at: number, code: number): number {
    const text = this.#text;
    if (code === 32) return at + 1;
    if (isStop(text, at, code)) this.#sink(STOP, at, at + 1, false);
    else if (code === 58 && isWordCharacter(text.charCodeAt(at - 1))) this.#sinkAs(":", at, at + 1);
    else if (code === 60 && text.startsWith("<!--", at)) this.#sinkAs("<!--", at, at + 4);
    // JSON within JSON writes line ends as two characters.
    else if (code === 92 && /[nrt]/.test(text.charAt(at + 1))) return at + 2;
    else if ((code === 64 || code === 36 || code === 33) && isAsciiLetter(text.charCodeAt(at + 1)))
      return this.#readWord(at, wordEnd(text, at));
    return at + 1;
  }

  #sinkAs(word: string, start: number, end: number): void {
    this.#sink(this.#lexicon.exact(word) ?? UNKNOWN, start, end, false);
  }
}

/** Whether a word of letters is over here, with nothing behind it that could belong to it. */
function endsPlainly(code: number): boolean {
  if (code === 32 || code === 44) return true;
  return (
    !isWordCharacter(code) && code !== 64 && code !== 36 && code !== 33 && code !== 39 && code !== 0x2019 && code !== 58
  );
}

function followsSign(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1);
  return (
    before === 46 || before === 60 || before === 91 || before === 124 || before === 35 || text.charCodeAt(at - 2) === 35
  );
}

function wordEnd(text: string, from: number): number {
  let end = from;
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end);
    if (isWordCharacter(code) && !isUnspaced(code)) continue;
    if (isLeetInside(text, end, code) || ((code === 39 || code === 0x2019) && isClosing(text, end))) continue;
    break;
  }
  return end;
}

/** `@ $ !` before letters stand for letters, unless they begin the host of an address. */
function isLeetInside(text: string, at: number, code: number): boolean {
  if (code !== 64 && code !== 36 && code !== 33) return false;
  address.lastIndex = at;
  if (code === 64 && address.test(text)) return false;
  const next = text.charCodeAt(at + 1);
  return isAsciiLetter(next) || isDigit(next) || next === 36 || next === 64;
}

/** "don't" is one word, "l'utente" is two. */
function isClosing(text: string, at: number): boolean {
  return closings.some(
    (ending) => text.startsWith(ending, at + 1) && !isWordCharacter(text.charCodeAt(at + 1 + ending.length)),
  );
}

/** The end of the URL or e-mail address that a word begins; its own end where it begins none. */
function afterAddress(text: string, end: number): number {
  const code = text.charCodeAt(end);
  if (code !== 64 && !(code === 58 && text.charCodeAt(end + 1) === 47)) return end;
  address.lastIndex = end;
  return address.test(text) ? address.lastIndex : end;
}

function isStop(text: string, at: number, code: number): boolean {
  const next = text.charCodeAt(at + 1);
  if (code === 46 || code === 33 || code === 63 || code === 59) return !(next > 32) || next === 34 || next === 39;
  if (code === 10) return next === 10 || next === 42 || next === 45 || next === 35 || next === 62 || next === 124;
  return code === 0x3002;
}
