import type { Passage } from "../core/passage.ts";
import { BREAK, MOST_SIGNS, STOP, type Lexicon } from "./lexicon.ts";
import type { Span } from "./mapped.ts";
import { reversed, rot13, wordsReversed } from "./turned.ts";
import { viewsOf, type View } from "./views.ts";
import { readWords } from "./words.ts";

/** Where some words of a line stand: in which passage, where, and what had to be undone to read them. */
export type Place = Span & { passage: Passage; via: readonly string[] };

/** The words of one or several texts as a row of signs, one for each word. */
export class Line {
  readonly #signs: string[] = [];
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];
  /** By the code of a sign. */
  readonly #seen = new Uint8Array(MOST_SIGNS);
  readonly #disguised = new Set<number>();
  readonly #sources: { first: number; passage: Passage; view: View }[] = [];

  /** Appends the words of a view. True where some are written backwards or in ROT13. */
  add(passage: Passage, view: View, lexicon: Lexicon): boolean {
    if (this.#signs.length > 0) this.#push(view.via.length === 0 ? BREAK : STOP, 0, 0);
    this.#sources.push({ first: this.#signs.length, passage, view });
    return readWords(view.text, lexicon, (sign, start, end, disguised) => {
      if (disguised) this.#disguised.add(this.#signs.length);
      this.#push(sign, start, end);
    });
  }

  /** Each sign in the line, once. */
  seen(): string[] {
    const signs: string[] = [];
    for (let code = 0; code < this.#seen.length; code++)
      if (this.#seen[code] === 1) signs.push(String.fromCharCode(code));
    return signs;
  }

  signs(): string {
    return this.#signs.join("");
  }

  /** The place of the words `first` to `last`, cut at the end of the passage in which they begin. */
  place(first: number, last: number): Place {
    let source = 0;
    for (let high = this.#sources.length - 1; source < high;) {
      const middle = (source + high + 1) >> 1;
      if ((this.#sources[middle]?.first ?? 0) <= first) source = middle;
      else high = middle - 1;
    }
    const { passage, view } = this.#sources[source] ?? raise();
    const limit = (this.#sources[source + 1]?.first ?? this.#signs.length + 1) - 2;
    const [start, end] = [this.#starts[first] ?? 0, this.#ends[Math.min(last, limit)] ?? 0];
    const span = view.locate(start, end);
    return { ...span, passage, via: this.#disguises(first, last, view, span.end - span.start > end - start) };
  }

  #disguises(first: number, last: number, view: View, wasStretched: boolean): readonly string[] {
    for (let word = first; word <= last; word++)
      if (this.#disguised.has(word)) return [...view.via, "disguised letters"];
    return wasStretched && view.via.length === 0 ? ["invisible characters"] : view.via;
  }

  #push(sign: string, start: number, end: number): void {
    this.#seen[sign.charCodeAt(0)] = 1;
    this.#signs.push(sign);
    this.#starts.push(start);
    this.#ends.push(end);
  }
}

/**
 * All that passages say: the plain readings in one line, in which an attack that was split over
 * neighbouring fields stands in one piece, and the hidden readings in another, apart.
 */
export function linesOf(passages: readonly Passage[], lexicon: Lexicon): Line[] {
  const plain = new Line();
  const hidden = new Line();
  for (const passage of passages) {
    for (const view of viewsOf(passage)) {
      const line = view.via.length === 0 ? plain : hidden;
      if (line.add(passage, view, lexicon))
        for (const turned of turnedViews(view)) hidden.add(passage, turned, lexicon);
    }
  }
  return [plain, hidden];
}

function turnedViews(view: View): View[] {
  const { text, via } = view;
  const locate = view.locate.bind(view);
  const backwards = reversed(text);
  return [
    { text: rot13(text), locate, via: [...via, "ROT13"] },
    { text: wordsReversed(text).text, locate, via: [...via, "reversed words"] },
    {
      text: backwards.text,
      via: [...via, "reversed text"],
      locate(start, end) {
        const span = backwards.locate(start, end);
        return view.locate(span.start, span.end);
      },
    },
  ];
}

function raise(): never {
  throw new Error("A place was asked for in an empty line");
}
