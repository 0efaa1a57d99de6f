import { unchanged, type Mapped } from "./mapped.ts";

/** The text with each ASCII letter moved 13 places. */
export function rot13(text: string): string {
  return text.replace(/[a-z]/gi, (letter) => {
    const code = letter.charCodeAt(0);
    const base = code < 97 ? 65 : 97;
    return String.fromCharCode(((code - base + 13) % 26) + base);
  });
}

/** The text from back to front. */
export function reversed(text: string): Mapped {
  const turned = [...text].reverse().join("");
  return { text: turned, locate: (start, end) => ({ start: turned.length - end, end: turned.length - start }) };
}

/** Each word from back to front, the words in their order. */
export function wordsReversed(text: string): Mapped {
  return unchanged(text.replace(/[^\s.,;:!?"']+/g, (word) => [...word].reverse().join("")));
}
