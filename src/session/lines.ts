/** One line without its newline, where it stood in the last chunk, or put together from several. */
export type Line = {
  bytes: Buffer;
  /** The line and the newline that ended it; the same as `bytes` for a last line without one. */
  whole: Buffer;
  /** True where all of `whole` lies in the chunk just given. */
  inChunk: boolean;
};

export type LineEvents = {
  /** Bytes of a line not yet ended, or the rest of one: for incremental scans. */
  onPart(part: Buffer): void;
  onLine(line: Line): void;
  /** A line outgrew `limit`: it is no longer kept. Called with all that was kept, then with each further part. */
  onLongPart(part: Buffer): void;
  /** `after` is where in the chunk the next line begins. */
  onLongEnd(after: number): void;
};

const NEWLINE = 0x0a;

/** Splits a byte stream at newlines without copying what lies within one chunk. */
export class LineSplitter {
  #parts: Buffer[] = [];
  #length = 0;
  #isLong = false;
  readonly #events: LineEvents;
  readonly #limit: () => number;

  constructor(events: LineEvents, limit: () => number) {
    this.#events = events;
    this.#limit = limit;
  }

  push(chunk: Buffer): void {
    let from = 0;
    for (let newline = chunk.indexOf(NEWLINE); newline !== -1; newline = chunk.indexOf(NEWLINE, from)) {
      this.#endLine(chunk, from, newline);
      from = newline + 1;
    }
    if (from < chunk.length) this.#keep(chunk.subarray(from));
  }

  /** The stream ended: what is left is a line without a newline. */
  end(): void {
    if (this.#isLong) this.#events.onLongEnd(0);
    else if (this.#length > 0) {
      const bytes = Buffer.concat(this.#parts, this.#length);
      this.#events.onLine({ bytes, whole: bytes, inChunk: false });
    }
    this.#reset();
  }

  #endLine(chunk: Buffer, from: number, newline: number): void {
    if (this.#length === 0 && !this.#isLong && newline + 1 - from <= this.#limit()) {
      this.#events.onLine({
        bytes: chunk.subarray(from, newline),
        whole: chunk.subarray(from, newline + 1),
        inChunk: true,
      });
      return;
    }
    this.#keep(chunk.subarray(from, newline + 1));
    if (this.#isLong) this.#events.onLongEnd(newline + 1);
    else {
      const whole = Buffer.concat(this.#parts, this.#length);
      this.#parts = [];
      this.#events.onLine({ bytes: whole.subarray(0, -1), whole, inChunk: false });
    }
    this.#reset();
  }

  #keep(part: Buffer): void {
    if (this.#isLong) {
      this.#events.onLongPart(part);
      return;
    }
    this.#parts.push(part);
    this.#length += part.length;
    this.#events.onPart(part);
    if (this.#length <= this.#limit()) return;
    this.#isLong = true;
    const kept = this.#parts;
    this.#parts = [];
    for (const each of kept) this.#events.onLongPart(each);
  }

  #reset(): void {
    this.#parts = [];
    this.#length = 0;
    this.#isLong = false;
  }
}
