import { isAsciiLetter, isDigit, isUnspaced } from "./characters.ts";
import { hashOf, STOP, UNKNOWN, type Lexicon } from "./lexicon.ts";
import { isWordCharacter } from "./word-characters.ts";
import { readSpaced } from "./spaced.ts";

/** Receives the words of a text in order, with their offsets. */
export type Sink = (sign: string, start: number, end: number, disguised: boolean) => void;

const address = /:\/\/[^\s"'<>`\\)\]}]{0,2000}|@[\w-]{1,63}\.[\w.-]{1,63}/y;
const CLOSING = "t s d m re ve ll".split(" ");

/**
 * Reads the words of a normalised text. True where some stand backwards or in ROT13, so that the
 * turned text deserves a reading of its own. Linear.
 */
export function readWords(text: string, lexicon: Lexicon, sink: Sink): boolean {
  let isTurned = false;
  let at = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (!isWordCharacter(code)) {
      readSign(text, at, code, lexicon, sink);
      at++;
    } else if (isUnspaced(code)) {
      at = readUnspaced(text, at, lexicon, sink);
    } else {
      const spaced = readSpaced(text, at, lexicon, sink);
      if (spaced > at) {
        at = spaced;
        continue;
      }
      const { end, hash, isPlain } = scanWord(text, at);
      if (isPlain && !lexicon.mayKnow(hash) && !opensAddress(text, end)) sink(UNKNOWN, at, end, false);
      else isTurned = readWord(text, at, end, lexicon, sink) || isTurned;
      at = Math.max(end, afterAddress(text, end));
    }
  }
  return isTurned;
}

function scanWord(text: string, start: number): { end: number; hash: number; isPlain: boolean } {
  let hash = 0;
  let isPlain = true;
  let end = start;
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end);
    if (isAsciiLetter(code)) hash = hashOf(hash, code);
    else if (isWordCharacter(code) || isLeetInside(text, end, code)) isPlain = false;
    else if ((code === 39 || code === 0x2019) && endsWithApostrophe(text, end)) isPlain = false;
    else break;
  }
  const before = start > 0 ? text.charCodeAt(start - 1) : 32;
  return {
    end,
    hash,
    isPlain: isPlain && before !== 46 && before !== 60 && before !== 91 && before !== 124 && before !== 35,
  };
}

/** `@ $ ! |` between letters stand for letters. */
function isLeetInside(text: string, at: number, code: number): boolean {
  if (code !== 64 && code !== 36 && code !== 33 && code !== 124) return false;
  address.lastIndex = at;
  if (code === 64 && address.test(text)) return false;
  const next = text.charCodeAt(at + 1);
  return isAsciiLetter(next) || isDigit(next) || next === 36 || next === 64;
}

function endsWithApostrophe(text: string, at: number): boolean {
  return CLOSING.some(
    (ending) => text.startsWith(ending, at + 1) && !isWordCharacter(text.charCodeAt(at + 1 + ending.length)),
  );
}

function readWord(text: string, start: number, end: number, lexicon: Lexicon, sink: Sink): boolean {
  const word = text.slice(start, end).toLowerCase().replace(/['’]/g, "");
  const opened = exactAfterSign(text, start, word, lexicon);
  const found = opened === undefined ? lexicon.find(word) : { sign: opened, disguised: false };
  sink(found?.sign ?? UNKNOWN, start, end, found?.disguised ?? false);
  const afterwards = afterAddress(text, end);
  if (afterwards > end)
    sink(lexicon.exact(text.charCodeAt(end) === 64 ? "@" : "://") ?? UNKNOWN, start, afterwards, false);
  return lexicon.isTurned(word);
}

/** `.env`, `<system`, `[system`, `# system` are words of their own. */
function exactAfterSign(text: string, start: number, word: string, lexicon: Lexicon): string | undefined {
  const before = text.charCodeAt(start - 1) === 32 && text.charCodeAt(start - 2) === 35 ? "#" : text.charAt(start - 1);
  if (before === ".") return lexicon.exact(`.${word}`);
  return before === "<" || before === "[" || before === "|" || before === "#" ? lexicon.exact(`<${word}`) : undefined;
}

function opensAddress(text: string, end: number): boolean {
  const code = text.charCodeAt(end);
  return code === 64 || (code === 58 && text.charCodeAt(end + 1) === 47);
}

/** The end of the URL or e-mail address that a word begins; its own end where it begins none. */
function afterAddress(text: string, end: number): number {
  if (!opensAddress(text, end)) return end;
  address.lastIndex = end;
  return address.test(text) ? address.lastIndex : end;
}

function readUnspaced(text: string, at: number, lexicon: Lexicon, sink: Sink): number {
  for (let length = Math.min(lexicon.longestUnspaced, text.length - at); length > 0; length--) {
    const sign = lexicon.exact(text.slice(at, at + length));
    if (sign === undefined) continue;
    sink(sign, at, at + length, false);
    return at + length;
  }
  sink(UNKNOWN, at, at + 1, false);
  return at + 1;
}

function readSign(text: string, at: number, code: number, lexicon: Lexicon, sink: Sink): void {
  if (isStop(text, at, code)) sink(STOP, at, at + 1, false);
  else if (code === 58 && isWordCharacter(text.charCodeAt(at - 1)))
    sink(lexicon.exact(":") ?? UNKNOWN, at, at + 1, false);
  else if (code === 60 && text.startsWith("<!--", at)) sink(lexicon.exact("<!--") ?? UNKNOWN, at, at + 4, false);
}

function isStop(text: string, at: number, code: number): boolean {
  const next = text.charCodeAt(at + 1);
  if (code === 46 || code === 33 || code === 63 || code === 59) return !(next > 32) || next === 34 || next === 39;
  if (code === 10) return next === 10 || next === 42 || next === 45 || next === 35 || next === 62 || next === 124;
  return code === 0x3002;
}
