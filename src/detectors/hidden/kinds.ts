import type { Span } from "../../text/mapped.ts";

/** One way of hiding text, told apart from the honest use of the same characters. */
export type HiddenKind = {
  id: string;
  /** Ends the sentence "The text holds …". */
  holds: string;
  /** True where the characters serve no reader anywhere. */
  isAlwaysHard: boolean;
  find(text: string): Span[];
};

/** Flags of England, Scotland and Wales, the only registered sequences of tag characters. */
const flags = new Set(["gbeng", "gbsct", "gbwls"]);
const flag = 0x1f3f4;
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

export const hiddenKinds: readonly HiddenKind[] = [
  {
    id: "tags",
    holds: "invisible tag characters, which spell out a text of their own",
    isAlwaysHard: true,
    find: tags,
  },
  {
    id: "selectors",
    holds: "rows of variation selectors, which can carry a text of their own",
    isAlwaysHard: true,
    find: (text) => all(text, /[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]{3,}/gu),
  },
  { id: "zero-width", holds: "invisible characters inside words or in rows", isAlwaysHard: false, find: zeroWidth },
  { id: "bidi", holds: "marks that change the order in which text is shown", isAlwaysHard: false, find: bidi },
  {
    id: "escapes",
    holds: "terminal escapes that move, hide or replace what a terminal shows",
    isAlwaysHard: false,
    find: escapes,
  },
  {
    id: "controls",
    holds: "control characters",
    isAlwaysHard: false,
    find: (text) => all(text, /[\x00-\x07\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f]/g),
  },
];

function all(text: string, shape: RegExp): Span[] {
  return Array.from(text.matchAll(shape), (match) => ({ start: match.index, end: match.index + match[0].length }));
}

function tags(text: string): Span[] {
  return all(text, /[\u{e0000}-\u{e007f}]+/gu).filter(({ start, end }) => {
    const letters = Array.from(text.slice(start, end), (tag) =>
      String.fromCharCode((tag.codePointAt(0) ?? 0) - 0xe0000),
    );
    return (
      text.codePointAt(start - 2) !== flag || !flags.has(letters.slice(0, -1).join("")) || letters.at(-1) !== "\x7f"
    );
  });
}

/** Three in a row, or several among Latin letters: joiners in other scripts, in emoji and at line breaks are honest. */
function zeroWidth(text: string): Span[] {
  const rows = all(text, /(?:[\u200b-\u200d\u2060-\u2064\ufeff\u180e\u115f\u1160\u3164\uffa0]|\u034f){3,}/g);
  const inWords = all(text, /(?<=[a-z0-9])(?:[\u200b-\u200d\u2060-\u2064\ufeff\u180e]|\u034f){1,2}(?=[a-z0-9])/gi);
  const isSprinkled = inWords.length > 3 || inWords.length > text.length / 40;
  return isSprinkled ? [...rows, ...inWords].sort((one, other) => one.start - other.start) : rows;
}

/** Overrides always; embeddings and isolates where nothing is written from right to left. */
function bidi(text: string): Span[] {
  return all(text, rightToLeft.test(text) ? /[\u202d\u202e]/g : /[\u202a-\u202e\u2066-\u2069]/g);
}

/** Colours and weights are what programs print; moving, erasing, links, titles and concealment are not needed to read. */
function escapes(text: string): Span[] {
  const sequences =
    /(?:\x1b\[|\x9b)[0-?]{0,32}[ -/]{0,4}[@-~]|\x1b[\]PX^_][^\x07\x1b\x9c]{0,2000}(?:\x07|\x1b\\|\x9c)?|\x1b[ -/]{0,4}[0-~]?/g;
  return all(text, sequences).filter(({ start, end }) => !isColour(text.slice(start, end)));
}

function isColour(sequence: string): boolean {
  return /^(?:\x1b\[|\x9b)[\d;:]{0,32}[mK]$/.test(sequence) && !/[[\x9b;]8[;m]/.test(sequence);
}
