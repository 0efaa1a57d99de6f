import { selectorByte } from "./characters.ts";
import type { Span } from "./mapped.ts";

const selectors = /[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]{4,}/gu;

/** Text carried one byte per variation selector. */
export function smuggledText(text: string): (Span & { text: string })[] {
  const found: (Span & { text: string })[] = [];
  for (const match of text.matchAll(selectors)) {
    const bytes = Uint8Array.from(match[0], (character) => selectorByte(character.codePointAt(0) ?? 0) ?? 0);
    found.push({ start: match.index, end: match.index + match[0].length, text: new TextDecoder().decode(bytes) });
  }
  return found;
}
