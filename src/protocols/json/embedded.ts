import type { JsonValue } from "../../core/json.ts";
import { spansOf } from "./spans.ts";

/** Where other programs than JSON parsers see the end of a line. */
const lineBreaks = /[\r\v\f\u0085\u2028\u2029]/;

const encoder = new TextEncoder();

/**
 * The objects and arrays that a lenient receiver could take from a line that is no JSON: with other
 * white space or line ends around them, behind other words, or several one after the other.
 */
export function embeddedValues(text: string): { text: string; value: JsonValue }[] {
  return text.split(lineBreaks).flatMap((part) => {
    const from = part.search(/[{[]/);
    return from === -1 ? [] : valuesIn(encoder.encode(part.slice(from)));
  });
}

/** Values in a row, up to the first that is none. */
function valuesIn(bytes: Uint8Array): { text: string; value: JsonValue }[] {
  const found: { text: string; value: JsonValue }[] = [];
  for (let rest = bytes; rest.length > 0;) {
    const { start, end } = spansOf(rest);
    const text = new TextDecoder().decode(rest.subarray(start, end));
    try {
      found.push({ text, value: JSON.parse(text) });
    } catch {
      return found;
    }
    rest = rest.subarray(end);
  }
  return found;
}
