import type { JsonSpan } from "./spans.ts";

const BACKSLASH = 0x5c;
const LETTER_U = 0x75;

const strict = new TextDecoder("utf-8", { fatal: true });

/** A part of a string: UTF-16 offsets into its text, or bytes of its literal. */
export type Range = { start: number; end: number };

/**
 * The byte ranges of parts of a string literal, given as UTF-16 offsets into the decoded string, in
 * the order of their starts: what stands outside them keeps its exact escapes. Bytes that are no
 * UTF-8 could stand for any number of characters: then each range is the whole string.
 */
export function stringRanges(bytes: Uint8Array, literal: JsonSpan, parts: readonly Range[]): Range[] {
  const whole = { start: literal.start + 1, end: literal.end - 1 };
  if (!isValid(bytes.subarray(whole.start, whole.end))) return parts.map(() => whole);
  const from: Cursor = { at: whole.start, units: 0 };
  return parts.map((part) => {
    while (from.at < whole.end && from.units + lengthAt(bytes, from.at) <= part.start) step(bytes, from);
    const to = { ...from };
    while (to.at < whole.end && to.units < part.end) step(bytes, to);
    return { start: from.at, end: to.at };
  });
}

/** A byte and the UTF-16 unit that begins there. */
type Cursor = { at: number; units: number };

function step(bytes: Uint8Array, cursor: Cursor): void {
  cursor.units += lengthAt(bytes, cursor.at);
  cursor.at += widthAt(bytes, cursor.at);
}

/** UTF-16 units of the character or escape at `at`. */
function lengthAt(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) >= 0xf0 ? 2 : 1;
}

/** Its bytes. */
function widthAt(bytes: Uint8Array, at: number): number {
  const byte = bytes[at] ?? 0;
  if (byte === BACKSLASH) return bytes[at + 1] === LETTER_U ? 6 : 2;
  if (byte < 0x80) return 1;
  if (byte >= 0xf0) return 4;
  return byte >= 0xe0 ? 3 : 2;
}

function isValid(bytes: Uint8Array): boolean {
  try {
    strict.decode(bytes);
    return true;
  } catch {
    return false;
  }
}
