/** Cursor and colour sequences go as a whole; what a title or link string carries stays readable, so nothing hides in it. */
const sequences = /(?:\u001B\[|\u009B)[0-?]*[ -/]*[@-~]?|\u001B[ -/]*[0-~]?/g;

const spaces = /[\t\n\v\f\r\u0085\p{Z}]/gu;

/** Controls, bidirectional marks, zero-width characters, variation selectors, tags. */
const invisible = /[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;

/** Characters whose width no terminal agrees on: unpaired surrogates, private use, unassigned. */
const unknown = /[\p{Cs}\p{Co}\p{Cn}]/gu;

/** Marks piled up without end are drawn over the neighbouring rows. */
const piledMarks = /(\p{M}{3})\p{M}+/gu;

const plain = /^[ -~]*$/;

/**
 * Text of a server, made safe to draw on one line: no byte of it can move the cursor, colour, reorder
 * or hide anything. Where the terminal has no Unicode (`unicode` false) only ASCII is left.
 */
export function harmless(text: string, unicode = true): string {
  if (plain.test(text)) return text;
  const visible = text
    .replace(sequences, "")
    .replace(spaces, " ")
    .replace(invisible, "")
    .replace(unknown, "\uFFFD")
    .normalize("NFC")
    .replace(piledMarks, "$1");
  return unicode ? visible : visible.replace(/[^ -~]/gu, "?");
}

/** JSON, indented, with every character that a terminal would not show written as `\u{…}`; lines ready to draw. */
export function visibleJson(value: unknown, unicode = true): readonly string[] {
  return JSON.stringify(value, null, 2)
    .split("\n")
    .map((line) => line.replace(hidden, escape))
    .map((line) => harmless(line, unicode));
}

const hidden = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

function escape(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
