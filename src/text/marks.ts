import type { ByteSet } from "./automaton.ts";

/**
 * Byte sequences after which a text may say more than its plain letters do: escapes, entities,
 * invisible characters, letters that look or read like Latin ones. Whatever a view undoes begins
 * with one of these, or is a run or a spaced word (`runs.ts`).
 */
export function markPatterns(): ByteSet[][] {
  return [...escapes.map(compiled), ...nonAscii.map(compiled)];
}

// One place each: a character, `[34-37]` bytes in hexadecimal, `{h}` a hexadecimal digit, `{a}` a letter.
const escapes = [
  "\\u",
  "\\x[34-37]{h}",
  "%[34-37]{h}",
  "%25",
  "%[d,D][30-31]%",
  "=[34-37]{h}=[34-37]{h}",
  "&#",
  "&amp;#",
  "&AMP;#",
  "&shy",
  "&zw",
  "&Zero",
  "&NoBr",
  "[00-08]",
  "[0e-1f]",
  "[7f]",
  "{a}|{a}", // a bar for a letter
  "<|",
];

const nonAscii = [
  "[c2][80-9f]", // C1 controls
  "[c2][ad]", // soft hyphen
  "[c4-d6]", // more accented Latin, IPA, combining marks, Greek, Cyrillic, Armenian
  "[e1]", // Cherokee, phonetic letters, more accented Latin, Mongolian selectors
  "[e2][80][8b-8f,aa-ae]",
  "[e2][81][a0-af]",
  "[e2][82][80-9c]", // letters and digits below the line
  "[e2][83][90-bf]", // combining marks for symbols
  "[e2][84-85]", // letter-like signs, Roman numerals
  "[e2][91-93]", // letters and digits in circles and brackets
  "[e2][a0][80]",
  "[e2][b1-b7]", // more Latin, Coptic, Georgian, Cyrillic
  "[e3-ea]", // Chinese, Japanese, Korean; Lisu and more Latin
  "[eb-ed]",
  "[00-7f][ef][b8]", // a variation selector behind an ASCII character
  "[ef][b8][80-8e]",
  "[ef][b8][8f][ef][b8]",
  "[ef][b8][a0-af]",
  "[ef][bb][bf]",
  "[ef][bc-bf]", // full width letters
  "[ef][ac]", // ligatures
  "[f0][90-9d]", // old scripts, mathematical letters
  "[f0][9f][84-87]", // letters in squares, flags
  "[f0][a0-af]",
  "[f3][a0]", // tags and selectors
];

/** The byte sets of a literal; JSON may write a slash with a backslash before it. */
export function literalPattern(literal: string): ByteSet[][] {
  const forms = literal.includes("/") ? [literal, literal.replaceAll("/", "\\/")] : [literal];
  return forms.map((form) =>
    [...form].map((character) => setOf(`literal ${character}`, () => [character.toLowerCase().charCodeAt(0)])),
  );
}

const known = new Map<string, ByteSet>();

function compiled(pattern: string): ByteSet[] {
  return [...pattern.matchAll(/\[([^\]]+)\]|\{[ah]\}|[^]/g)].map(([whole, ranges]) =>
    setOf(whole, () => bytesOf(whole, ranges)),
  );
}

function setOf(key: string, bytes: () => readonly number[]): ByteSet {
  const set = known.get(key) ?? new Set(bytes());
  known.set(key, set);
  return set;
}

function bytesOf(whole: string, ranges: string | undefined): number[] {
  if (whole === "{h}") return [..."0123456789abcdefABCDEF"].map((digit) => digit.charCodeAt(0));
  if (whole === "{a}")
    return [..."abcdefghijklmnopqrstuvwxyz"].flatMap((letter) => [letter.charCodeAt(0), letter.charCodeAt(0) - 32]);
  if (ranges === undefined) return [whole.charCodeAt(0)];
  return ranges.split(",").flatMap((range) => {
    if (range.length === 1) return [range.charCodeAt(0)];
    const [first = 0, last = first] = range.split("-").map((edge) => Number.parseInt(edge, 16));
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
}
