/** Replace the bytes from `start` to `end` (exclusive) by `replacement`. */
export type Splice = { start: number; end: number; replacement: string };

const encoder = new TextEncoder();

/** Replaces all bytes that any splice covers; where several overlap, the first one's replacement stands. */
export function splice(bytes: Uint8Array, splices: readonly Splice[]): Uint8Array {
  const sorted = splices.toSorted((a, b) => a.start - b.start || b.end - a.end);
  const parts: Uint8Array[] = [];
  let position = 0;
  for (const { start, end, replacement } of sorted) {
    if (start >= position) parts.push(bytes.subarray(position, start), encoder.encode(replacement));
    position = Math.max(position, end);
  }
  parts.push(bytes.subarray(position));
  return concat(parts);
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
