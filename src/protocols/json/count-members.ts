import { closingQuote } from "./closing-quote.ts";

/**
 * How many members the objects of a JSON text have, duplicates counted: one colon outside strings
 * for each. Where a parsed value has fewer, some member was given twice.
 */
export function countMembers(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x3a) count++;
    else if (code === 0x22) at = closingQuote(text, at);
  }
  return count;
}
