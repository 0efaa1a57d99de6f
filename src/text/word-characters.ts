import { isAsciiLetter, isDigit } from "./characters.ts";

/** Letters and digits of any script, in a text that was normalised. Symbols and emoji part words. */
export function isWordCharacter(code: number): boolean {
  if (code < 0x80) return isAsciiLetter(code) || isDigit(code);
  if (code < 0xc0) return code === 0xaa || code === 0xb5 || code === 0xba;
  if (code >= 0x2000 && code < 0x2c00) return false;
  if (code >= 0x3000 && code < 0x3040) return code === 0x3005;
  if (code >= 0xd800 && code < 0xf900) return false;
  return code !== 0xd7 && code !== 0xf7 && !Number.isNaN(code);
}
