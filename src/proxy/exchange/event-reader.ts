import { afterMark, CR, fieldOf, LF, LineEnds, linesOf } from "./event-lines.ts";

/** One event of a stream, with the bytes it came in: comments and fields up to the blank line. */
export type StreamEvent = {
  bytes: Buffer;
  /** Where its first line begins: a byte order mark may stand before it. */
  start: number;
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
  #isFirst = true;

  constructor(options: EventReaderOptions) {
    this.#options = options;
  }

  push(chunk: Buffer): void {
    const ends = new LineEnds(chunk);
    let start = 0;
    let at = 0;
    while (at < chunk.length) {
      const end = ends.next(at);
      if (end === chunk.length) {
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
    const isFirst = this.#isFirst;
    this.#isFirst = false;
    if (this.#isLong) {
      this.#isLong = false;
      return this.#options.onLongEnd();
    }
    const [first] = this.#parts;
    const bytes = this.#parts.length === 1 && first !== undefined ? first : Buffer.concat(this.#parts);
    this.#parts = [];
    this.#length = 0;
    this.#options.onEvent(readEvent(bytes, isFirst ? afterMark(bytes) : 0));
  }
}

function readEvent(bytes: Buffer, first: number): StreamEvent {
  const read: StreamEvent = { bytes, start: first, data: undefined, event: undefined, id: undefined };
  const lines: Buffer[] = [];
  for (const { start, end } of linesOf(read)) {
    const { name, value } = fieldOf(bytes, start, end);
    if (name === "data") lines.push(bytes.subarray(value, end));
    else if (name === "event") read.event = bytes.toString("utf8", value, end);
    else if (name === "id") read.id = bytes.toString("utf8", value, end);
  }
  const [line, ...more] = lines;
  if (line !== undefined) read.data = more.length === 0 ? line : joinedLines(lines);
  return read;
}

function joinedLines(lines: readonly Buffer[]): Buffer {
  const newline = Buffer.from("\n");
  return Buffer.concat(lines.flatMap((line, index) => (index === 0 ? [line] : [newline, line])));
}
