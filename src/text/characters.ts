/** Inclusive ranges of code points that show nothing, or only change how their neighbours look. */
const ignorable: readonly (readonly [number, number])[] = [
  [0x00, 0x08],
  [0x0e, 0x1f],
  [0x7f, 0x9f],
  [0xad, 0xad],
  [0x300, 0x36f],
  [0x61c, 0x61c],
  [0x115f, 0x1160],
  [0x17b4, 0x17b5],
  [0x180b, 0x180f],
  [0x1ab0, 0x1aff],
  [0x1dc0, 0x1dff],
  [0x200b, 0x200f],
  [0x202a, 0x202e],
  [0x2060, 0x206f],
  [0x20d0, 0x20ff],
  [0x2800, 0x2800],
  [0x3164, 0x3164],
  [0xfe00, 0xfe0f],
  [0xfe20, 0xfe2f],
  [0xfeff, 0xfeff],
  [0xffa0, 0xffa0],
  [0xfff9, 0xfffb],
  [0x1bca0, 0x1bca3],
  [0x1d173, 0x1d17a],
  [0xe0000, 0xe0fff],
];

/** True where a reader sees nothing, though a model may. */
export function isIgnorable(code: number): boolean {
  for (const [first, last] of ignorable) {
    if (code < first) return false;
    if (code <= last) return true;
  }
  return false;
}

/** The ASCII character that a tag character (U+E0020 to U+E007E) stands for, or undefined. */
export function tagLetter(code: number): string | undefined {
  return code >= 0xe0020 && code <= 0xe007e ? String.fromCharCode(code - 0xe0000) : undefined;
}

/** The byte that a variation selector can smuggle (0 to 255), or undefined. */
export function selectorByte(code: number): number | undefined {
  if (code >= 0xfe00 && code <= 0xfe0f) return code - 0xfe00;
  return code >= 0xe0100 && code <= 0xe01ef ? code - 0xe0100 + 16 : undefined;
}

/** Letters of scripts written without spaces: words there are found by looking, not by splitting. */
export function isUnspaced(code: number): boolean {
  return (code >= 0x3040 && code <= 0x9fff && code !== 0x30fb) || (code >= 0xac00 && code <= 0xd7a3);
}

export function isAsciiLetter(code: number): boolean {
  const lower = code | 32;
  return lower >= 97 && lower <= 122;
}

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}
