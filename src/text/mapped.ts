/** Offsets into the text that a reader was given, UTF-16 units, end exclusive. */
export type Span = { start: number; end: number };

/** A text made from another one, which still knows where its parts came from. */
export type Mapped = {
  text: string;
  /** Where in the original the part between two offsets came from. */
  locate(start: number, end: number): Span;
};

export function unchanged(text: string): Mapped {
  return { text, locate: (start, end) => ({ start, end }) };
}

/** Builds a text piece by piece; inside a copied piece offsets correspond one to one. */
export class MappedWriter {
  readonly #parts: string[] = [];
  readonly #out: number[] = [0];
  readonly #source: number[] = [0];
  #length = 0;

  /** Text that stands in the original as it is, from `from` on. */
  copy(part: string, from: number): void {
    if (part === "") return;
    this.#mark(from);
    this.#push(part);
  }

  /** Text that stands for the original's `from` to `to`. */
  replace(part: string, from: number, to: number): void {
    this.#mark(from);
    this.#push(part);
    this.#mark(to);
  }

  finish(): Mapped {
    const text = this.#parts.join("");
    const [out, source] = [this.#out, this.#source];
    return {
      text,
      locate: (start, end) => ({ start: place(out, source, start), end: place(out, source, end - 1) + 1 }),
    };
  }

  #mark(from: number): void {
    const last = this.#out.length - 1;
    if (this.#out[last] === this.#length) {
      this.#source[last] = from;
      return;
    }
    if ((this.#source[last] ?? 0) + this.#length - (this.#out[last] ?? 0) === from) return;
    this.#out.push(this.#length);
    this.#source.push(from);
  }

  #push(part: string): void {
    this.#parts.push(part);
    this.#length += part.length;
  }
}

function place(out: readonly number[], source: readonly number[], offset: number): number {
  let low = 0;
  let high = out.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((out[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  const here = (source[low] ?? 0) + offset - (out[low] ?? 0);
  // A replacement may be longer than what it stands for.
  return low + 1 < source.length ? Math.min(here, Math.max(source[low] ?? 0, (source[low + 1] ?? 0) - 1)) : here;
}

/** `inner` was made from `outer.text`; the result knows the way back to the original of `outer`. */
export function chained(outer: Mapped, inner: Mapped): Mapped {
  return {
    text: inner.text,
    locate(start, end) {
      const middle = inner.locate(start, end);
      return outer.locate(middle.start, middle.end);
    },
  };
}
