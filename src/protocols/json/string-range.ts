import type { JsonSpan } from "./spans.ts";

const BACKSLASH = 0x5c;
const LETTER_U = 0x75;

/**
 * The byte range of a part of a string literal, given as UTF-16 offsets into the decoded string:
 * what stands outside the range keeps its exact escapes.
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
  while (at < last && units < to) {
    if (units <= from) start = at;
    const { width, length } = characterAt(bytes, at);
    units += length;
    at += width;
  }
  if (units <= from) start = at;
  return { start, end: at };
}

/** Bytes and UTF-16 units of the character or escape at `at`. */
function characterAt(bytes: Uint8Array, at: number): { width: number; length: number } {
  const byte = bytes[at] ?? 0;
  if (byte === BACKSLASH) return bytes[at + 1] === LETTER_U ? { width: 6, length: 1 } : { width: 2, length: 1 };
  if (byte < 0x80) return { width: 1, length: 1 };
  const width = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
  if (!hasContinuation(bytes, at, width)) return { width: 1, length: 1 };
  return { width, length: width === 4 ? 2 : 1 };
}

function hasContinuation(bytes: Uint8Array, at: number, width: number): boolean {
  for (let offset = 1; offset < width; offset++) {
    if (((bytes[at + offset] ?? 0) & 0xc0) !== 0x80) return false;
  }
  return true;
}
