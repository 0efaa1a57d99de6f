import { decode, spansOf, type JsonSpan } from "../../protocols/json/spans.ts";
import { splice } from "../../protocols/json/splice.ts";

/**
 * Puts the JSON `text` in the place of every value at `path`, given twice or with names in another
 * case, too: whichever of them a receiver reads, it reads this.
 */
export function replaceAt(bytes: Uint8Array, path: readonly string[], text: string): Uint8Array {
  const places = placesAt(spansOf(bytes), path, (key, name) => key.toLowerCase() === name.toLowerCase());
  if (places.length === 0) return bytes;
  return splice(
    bytes,
    places.map(({ start, end }) => ({ start, end, replacement: text })),
  );
}

/** The value at `path` exactly as it was written; of several the last, which is the one that parsers keep. */
export function textAt(bytes: Uint8Array, path: readonly string[]): string | undefined {
  const place = placesAt(spansOf(bytes), path, (key, name) => key === name).at(-1);
  return place === undefined ? undefined : decode(bytes, place.start, place.end);
}

function placesAt(
  root: JsonSpan,
  path: readonly string[],
  matches: (key: string, name: string) => boolean,
): readonly JsonSpan[] {
  let places: readonly JsonSpan[] = [root];
  for (const name of path)
    places = places.flatMap(({ members = [] }) =>
      members.filter(({ key }) => matches(key, name)).map(({ value }) => value),
    );
  return places;
}
