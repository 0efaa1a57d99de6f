export const CR = 0x0d;
export const LF = 0x0a;

const mark = Buffer.from("\ufeff");

/** Where the text begins: a byte order mark may stand before it. */
export function afterMark(bytes: Buffer): number {
  return bytes.subarray(0, mark.length).equals(mark) ? mark.length : 0;
}

/** Finds the ends of lines in turn: LF, CR, or where the bytes end. Looks at each byte once for either. */
export class LineEnds {
  readonly #bytes: Buffer;
  #cr = -1;
  #lf = -1;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  next(from: number): number {
    if (this.#cr < from) this.#cr = this.#find(CR, from);
    if (this.#lf < from) this.#lf = this.#find(LF, from);
    return Math.min(this.#cr, this.#lf);
  }

  #find(byte: number, from: number): number {
    const at = this.#bytes.indexOf(byte, from);
    return at === -1 ? this.#bytes.length : at;
  }
}

/** The lines of an event, without their ends. */
export function* linesOf({ bytes, start: first }: { bytes: Buffer; start: number }) {
  const ends = new LineEnds(bytes);
  let start = first;
  while (start < bytes.length) {
    const end = ends.next(start);
    const next = bytes[end] === CR && bytes[end + 1] === LF ? end + 2 : end + 1;
    yield { start, end, next };
    start = next;
  }
}

/** A field's name and where its value begins. */
export function fieldOf(bytes: Buffer, start: number, end: number): { name: string; value: number } {
  const colon = bytes.subarray(start, end).indexOf(":");
  if (colon === -1) return { name: bytes.toString("latin1", start, end), value: end };
  const value = start + colon + 1;
  return {
    name: bytes.toString("latin1", start, start + colon),
    value: bytes[value] === 0x20 && value < end ? value + 1 : value,
  };
}
