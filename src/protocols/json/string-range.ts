import type { JsonSpan } from "./spans.ts";

const BACKSLASH = 0x5c;
const LETTER_U = 0x75;

const strict = new TextDecoder("utf-8", { fatal: true });

/**
 * The byte range of a part of a string literal, given as UTF-16 offsets into the decoded string:
 * what stands outside the range keeps its exact escapes. Bytes that are no UTF-8 could stand for any
 * number of characters: then the range is the whole string.
 */
export function stringRange(
  bytes: Uint8Array,
  literal: JsonSpan,
  from: number,
  to: number,
): { start: number; end: number } {
  let at = literal.start + 1;
  let units = 0;
  let start = at;
  const last = literal.end - 1;
  if (!isValid(bytes.subarray(start, last))) return { start, end: last };
  while (at < last && units < to) {
    if (units <= from) start = at;
    const { width, length } = characterAt(bytes, at);
    units += length;
    at += width;
  }
  if (units <= from) start = at;
  return { start, end: at };
}

function isValid(bytes: Uint8Array): boolean {
  try {
    strict.decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** Bytes and UTF-16 units of the character or escape at `at`. */
function characterAt(bytes: Uint8Array, at: number): { width: number; length: number } {
  const byte = bytes[at] ?? 0;
  if (byte === BACKSLASH) return bytes[at + 1] === LETTER_U ? { width: 6, length: 1 } : { width: 2, length: 1 };
  if (byte < 0x80) return { width: 1, length: 1 };
  if (byte >= 0xf0) return { width: 4, length: 2 };
  return { width: byte >= 0xe0 ? 3 : 2, length: 1 };
}
