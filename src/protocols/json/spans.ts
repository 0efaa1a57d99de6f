/** Where a JSON value stands in its bytes. Of objects every member is kept, duplicates too. */
export type JsonSpan = {
  start: number;
  /** Exclusive. */
  end: number;
  members: Member[] | undefined;
  items: JsonSpan[] | undefined;
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
 * Finds the byte range of every value. Only for text that JSON.parse accepted, and only where a
 * message must be changed or holds duplicate keys. Iterative: the sender chooses the depth.
 */
export function spansOf(bytes: Uint8Array): JsonSpan {
  const root = newSpan(0);
  const open: JsonSpan[] = [];
  let current = root;
  let key: { text: string; start: number; end: number } | undefined;

  const begin = (at: number): JsonSpan => {
    const parent = open.at(-1);
    const span = parent === undefined ? root : newSpan(at);
    span.start = at;
    if (parent?.items !== undefined) parent.items.push(span);
    if (parent?.members !== undefined && key !== undefined) {
      parent.members.push({ key: key.text, keyStart: key.start, keyEnd: key.end, value: span });
      key = undefined;
    }
    return span;
  };

  for (let at = skipByteOrderMark(bytes); at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
      current = begin(at);
      if (byte === OPEN_OBJECT) current.members = [];
      else current.items = [];
      open.push(current);
    } else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) {
      const closed = open.pop();
      if (closed !== undefined) closed.end = at + 1;
    } else if (byte === QUOTE) {
      const end = endOfString(bytes, at);
      if (open.at(-1)?.members !== undefined && key === undefined) {
        key = { text: String(JSON.parse(decode(bytes, at, end))), start: at, end };
      } else {
        begin(at).end = end;
      }
      at = end - 1;
    } else if (isScalar(byte)) {
      const end = endOfScalar(bytes, at);
      begin(at).end = end;
      at = end - 1;
    }
  }
  return root;
}

function newSpan(start: number): JsonSpan {
  return { start, end: start, members: undefined, items: undefined };
}

/** The offset after the closing quote of the string that starts at `at`. */
export function endOfString(bytes: Uint8Array, at: number): number {
  let position = at + 1;
  while (position < bytes.length && bytes[position] !== QUOTE) position += bytes[position] === BACKSLASH ? 2 : 1;
  return position + 1;
}

function isScalar(byte: number | undefined): boolean {
  return byte !== undefined && byte > 0x20 && byte !== COMMA && byte !== COLON;
}

function endOfScalar(bytes: Uint8Array, at: number): number {
  let position = at;
  while (
    position < bytes.length &&
    isScalar(bytes[position]) &&
    bytes[position] !== CLOSE_OBJECT &&
    bytes[position] !== CLOSE_ARRAY
  )
    position++;
  return position;
}

function skipByteOrderMark(bytes: Uint8Array): number {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
}

const decoder = new TextDecoder();

/** The text of a byte range. */
export function decode(bytes: Uint8Array, start = 0, end = bytes.length): string {
  return decoder.decode(bytes.subarray(start, end));
}
