import { GuardError } from "../../core/errors.ts";

/** A piece of a text, as UTF-16 offsets. */
export type Span = { start: number; end: number };

/** Replace a piece of the text; all offsets refer to the text before any replacement. */
export type Splice = Span & { text: string };

/** A value in the text. Of a list, the values in it and where the comma behind the last one ends. */
export type Field = Span & { items: readonly Span[] | undefined; commaEnd: number | undefined };

/** One map in the text, by its members. */
export type Place = {
  field(name: string): Field | undefined;
  /** What stands between two values of a list in this neighbourhood. */
  joint: string;
  insertAfter(field: string, name: string, raw: string): Splice;
  remove(name: string): readonly Splice[];
};

/** A parsed configuration that knows where in the text everything stands. */
export type Opened = {
  text: string;
  value: unknown;
  place(path: readonly string[]): Place | undefined;
  /** A string as the language writes it. */
  literal(value: string): string;
};

export function applySplices(text: string, splices: readonly Splice[]): string {
  let result = text;
  for (const { start, end, text: piece } of [...splices].sort((a, b) => b.start - a.start || b.end - a.end)) {
    result = result.slice(0, start) + piece + result.slice(end);
  }
  return result;
}

/** The error of a configuration that its client would refuse. Never quotes the file: it may hold secrets. */
export function syntaxError(path: string, line: number, why: string): GuardError {
  return new GuardError(
    "CONFIG_SYNTAX",
    `${path}:${line}: ${why}`,
    `Correct line ${line} of ${path} (the client cannot read the file either), then run mcpguard again.`,
  );
}

export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split(/\r\n|\n|\r/).length;
}

/** The white space right before an offset. */
export function blanksBefore(text: string, offset: number): string {
  let start = offset;
  while (start > 0 && /\s/.test(text.charAt(start - 1))) start -= 1;
  return text.slice(start, offset);
}
