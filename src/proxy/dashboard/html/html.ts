import { harmless } from "../../../text/harmless.ts";
import { escape } from "./escape.ts";

/** Markup that was put together by `html`; nothing else makes one, so no text can pass for it. */
export class Html {
  readonly #markup: string;
  private constructor(markup: string) {
    this.#markup = markup;
  }
  static of(strings: readonly string[], values: readonly Content[]): Html {
    return new Html(strings.map((text, at) => text + (at < values.length ? markupOf(values[at]) : "")).join(""));
  }
  toString(): string {
    return this.#markup;
  }
}

export type Content = Html | string | number | null | undefined | false | readonly Content[];

/**
 * A template whose values are texts, unless they were made by `html` themselves. Texts become harmless (nothing in them
 * is invisible or turns the reading direction) and are escaped, for elements and for quoted attributes alike.
 */
export function html(strings: TemplateStringsArray, ...values: readonly Content[]): Html {
  return Html.of(strings, values);
}

/** Contents one below the other, for `<pre>`: the white space within templates belongs to the formatter. */
export function lines(contents: readonly Content[]): Html {
  return Html.of(["", ...contents.map(() => "\n")], contents);
}

function markupOf(value: Content): string {
  if (value instanceof Html) return value.toString();
  if (typeof value === "string") return escape(harmless(value));
  if (typeof value === "number") return String(value);
  return Array.isArray(value) ? value.map(markupOf).join("") : "";
}
