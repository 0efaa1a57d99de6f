import { foldCharacter } from "./fold.ts";
import { MappedWriter, unchanged, type Mapped } from "./mapped.ts";

const nonAscii = /[^\x00-\x7f]/;
const nonAsciiOrControl = /[^\t\n\r\x20-\x7e]+/g;

/**
 * The text as a careful reader would type it: invisible characters gone, tag characters spelled
 * out, styled letters plain, accents off, non-ASCII letters in lower case. Linear.
 */
export function normalise(text: string): Mapped {
  if (!nonAscii.test(text)) return unchanged(text);
  const writer = new MappedWriter();
  let copied = 0;
  for (const match of text.matchAll(nonAsciiOrControl)) {
    writer.copy(text.slice(copied, match.index), copied);
    let at = match.index;
    for (const character of match[0]) {
      const folded = foldCharacter(character.codePointAt(0) ?? 0);
      if (folded.length === character.length) writer.copy(folded, at);
      else writer.replace(folded, at, at + character.length);
      at += character.length;
    }
    copied = at;
  }
  writer.copy(text.slice(copied), copied);
  return writer.finish();
}
