/** White space of JSON, and the bytes of a byte order mark. */
const skipped = new Set([0x20, 0x09, 0x0a, 0x0d, 0xef, 0xbb, 0xbf]);
const openers = new Set([0x7b, 0x5b]);

/** Whether a text may be a JSON object or array, by its first character; undefined while there is only white space. */
export function opensJson(bytes: Uint8Array): boolean | undefined {
  const first = bytes.find((byte) => !skipped.has(byte));
  return first === undefined ? undefined : openers.has(first);
}
