/** Where a JSON value stands in its bytes. Of objects every member is kept, duplicates too. */
export type JsonSpan = {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
  readonly members: readonly Member[] | undefined;
  readonly items: readonly JsonSpan[] | undefined;
};

export type Member = { key: string; keyStart: number; keyEnd: number; value: JsonSpan };

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;

/**
 * Finds the byte ranges of values, level by level as they are asked for: a large message is mostly
 * skipped. Of text that is no JSON it tells nothing useful, but ends. Iterative: the sender chooses
 * the depth.
 */
export function spansOf(bytes: Uint8Array): JsonSpan {
  const start = nextToken(bytes, skipByteOrderMark(bytes));
  return new Span(bytes, start, endOfValue(bytes, start));
}

class Span implements JsonSpan {
  readonly start: number;
  readonly end: number;
  readonly #bytes: Uint8Array;
  #members: Member[] | undefined;
  #items: JsonSpan[] | undefined;

  constructor(bytes: Uint8Array, start: number, end: number) {
    this.#bytes = bytes;
    this.start = start;
    this.end = end;
  }

  get members(): readonly Member[] | undefined {
    if (this.#bytes[this.start] !== OPEN_OBJECT) return undefined;
    this.#members ??= membersOf(this.#bytes, this.start + 1);
    return this.#members;
  }

  get items(): readonly JsonSpan[] | undefined {
    if (this.#bytes[this.start] !== OPEN_ARRAY) return undefined;
    this.#items ??= itemsOf(this.#bytes, this.start + 1);
    return this.#items;
  }
}

function membersOf(bytes: Uint8Array, from: number): Member[] {
  const members: Member[] = [];
  let at = nextToken(bytes, from);
  while (bytes[at] === QUOTE) {
    const keyEnd = endOfString(bytes, at);
    const start = nextToken(bytes, keyEnd);
    const end = endOfValue(bytes, start);
    members.push({ key: keyOf(decode(bytes, at, keyEnd)), keyStart: at, keyEnd, value: new Span(bytes, start, end) });
    at = nextToken(bytes, end);
  }
  return members;
}

function keyOf(literal: string): string {
  try {
    return String(JSON.parse(literal));
  } catch {
    return literal;
  }
}

function itemsOf(bytes: Uint8Array, from: number): JsonSpan[] {
  const items: JsonSpan[] = [];
  let at = nextToken(bytes, from);
  while (at < bytes.length && bytes[at] !== CLOSE_ARRAY) {
    const end = Math.max(endOfValue(bytes, at), at + 1);
    items.push(new Span(bytes, at, end));
    at = nextToken(bytes, end);
  }
  return items;
}

/** The next byte that is neither white space, comma nor colon. */
function nextToken(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && isBetween(bytes[at])) at++;
  return at;
}

function isBetween(byte: number | undefined): boolean {
  return byte === undefined || byte <= 0x20 || byte === COMMA || byte === COLON;
}

function endOfValue(bytes: Uint8Array, start: number): number {
  const byte = bytes[start];
  if (byte === QUOTE) return endOfString(bytes, start);
  if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) return endOfContainer(bytes, start);
  let at = start;
  while (at < bytes.length && !isBetween(bytes[at]) && bytes[at] !== CLOSE_OBJECT && bytes[at] !== CLOSE_ARRAY) at++;
  return at;
}

function endOfContainer(bytes: Uint8Array, start: number): number {
  let depth = 0;
  for (let at = start; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === QUOTE) at = endOfString(bytes, at) - 1;
    else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) depth++;
    else if ((byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) && --depth === 0) return at + 1;
  }
  return bytes.length;
}

/** The offset after the closing quote of the string that starts at `at`. */
function endOfString(bytes: Uint8Array, at: number): number {
  let position = at + 1;
  while (position < bytes.length && bytes[position] !== QUOTE) position += bytes[position] === BACKSLASH ? 2 : 1;
  return position + 1;
}

function skipByteOrderMark(bytes: Uint8Array): number {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
}

const decoder = new TextDecoder();

/** The text of a byte range. */
export function decode(bytes: Uint8Array, start = 0, end = bytes.length): string {
  return decoder.decode(bytes.subarray(start, end));
}
