export type Path = readonly (string | number)[];

/** Offsets of a member's name and value; the same for array items and the document itself. */
export type Spot = { key: number; value: number };
export type Spots = Map<string, Spot>;

/** A path as the key of a map. */
export function spotKey(path: Path): string {
  return JSON.stringify(path);
}

/** The spot of `path`, or of the closest thing around it that has one. */
export function spotOf(spots: Spots, path: Path): Spot {
  for (let length = path.length; length >= 0; length--) {
    const spot = spots.get(spotKey(path.slice(0, length)));
    if (spot !== undefined) return spot;
  }
  return { key: 0, value: 0 };
}

/** `line:column` of an offset, both from 1. */
export function lineColumn(text: string, offset: number): string {
  const before = text.slice(0, offset);
  return `${before.split("\n").length}:${offset - before.lastIndexOf("\n")}`;
}
