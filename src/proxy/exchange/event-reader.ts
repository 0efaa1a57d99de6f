const CR = 0x0d;
const LF = 0x0a;

/** One event of a stream, with the bytes it came in: comments and fields up to the blank line. */
export type StreamEvent = {
  bytes: Buffer;
  /** The data lines, joined by a newline; undefined where there is none. */
  data: Buffer | undefined;
  event: string | undefined;
  id: string | undefined;
};

export type EventReaderOptions = {
  /** Bytes above which an event is not kept; `onLongPart` gets it piece by piece, and `onLongEnd` says it is over. */
  limit(): number;
  onEvent(event: StreamEvent): void;
  onLongPart(part: Buffer): void;
  onLongEnd(): void;
};

/** Takes an event stream apart, wherever its bytes are cut. https://html.spec.whatwg.org/multipage/server-sent-events.html */
export class EventReader {
  readonly #options: EventReaderOptions;
  #parts: Buffer[] = [];
  #length = 0;
  /** Bytes of the line that has begun. */
  #line = 0;
  #afterCr = false;
  #isLong = false;

  constructor(options: EventReaderOptions) {
    this.#options = options;
  }

  push(chunk: Buffer): void {
    let start = 0;
    let at = 0;
    while (at < chunk.length) {
      const end = lineEnd(chunk, at);
      if (end === -1) {
        this.#line += chunk.length - at;
        this.#afterCr = false;
        break;
      }
      const isSecondOfPair = this.#afterCr && end === at && chunk[end] === LF;
      const isBlank = !isSecondOfPair && this.#line + end - at === 0;
      this.#line = 0;
      this.#afterCr = chunk[end] === CR;
      at = end + 1;
      if (!isBlank) continue;
      if (this.#afterCr && chunk[at] === LF) {
        at++;
        this.#afterCr = false;
      }
      this.#keep(chunk.subarray(start, at));
      this.#finish();
      start = at;
    }
    if (start < chunk.length) this.#keep(chunk.subarray(start));
  }

  /** The stream is over: what has begun is an event for lenient receivers. */
  end(): void {
    if (this.#length > 0 || this.#isLong) this.#finish();
  }

  #keep(part: Buffer): void {
    if (this.#isLong) return this.#options.onLongPart(part);
    this.#parts.push(part);
    this.#length += part.length;
    if (this.#length <= this.#options.limit()) return;
    this.#isLong = true;
    for (const kept of this.#parts) this.#options.onLongPart(kept);
    this.#parts = [];
    this.#length = 0;
  }

  #finish(): void {
    if (this.#isLong) {
      this.#isLong = false;
      return this.#options.onLongEnd();
    }
    const [first] = this.#parts;
    const bytes = this.#parts.length === 1 && first !== undefined ? first : Buffer.concat(this.#parts);
    this.#parts = [];
    this.#length = 0;
    this.#options.onEvent(readEvent(bytes));
  }
}

function lineEnd(chunk: Buffer, from: number): number {
  const lf = chunk.indexOf(LF, from);
  const cr = (lf === -1 ? chunk : chunk.subarray(0, lf)).indexOf(CR, from);
  return cr === -1 ? lf : cr;
}

/** The lines of an event, without their ends. */
export function* linesOf(bytes: Buffer): Generator<{ start: number; end: number; next: number }> {
  let start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  while (start < bytes.length) {
    const found = lineEnd(bytes, start);
    const end = found === -1 ? bytes.length : found;
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

function readEvent(bytes: Buffer): StreamEvent {
  const read: StreamEvent = { bytes, data: undefined, event: undefined, id: undefined };
  for (const { start, end } of linesOf(bytes)) {
    const { name, value } = fieldOf(bytes, start, end);
    if (name === "data") {
      const line = bytes.subarray(value, end);
      read.data = read.data === undefined ? line : Buffer.concat([read.data, Buffer.from("\n"), line]);
    } else if (name === "event") read.event = bytes.toString("utf8", value, end);
    else if (name === "id") read.id = bytes.toString("utf8", value, end);
  }
  return read;
}
