/** A path as the program behind it will see it, and whether it climbs out of where it began. */
export type PlainPath = { path: string; climbs: boolean };

const MOST_DECODINGS = 4;

/** Undoes percent-encoding however often it was applied. */
export function percentDecoded(text: string): string {
  let current = text;
  for (let round = 0; round < MOST_DECODINGS && current.includes("%"); round++) {
    const next = current
      .replace(/%c0%af|%c1%9c/gi, "/")
      .replace(/(?:%[0-9a-f]{2})+/gi, (escapes) =>
        new TextDecoder().decode(Uint8Array.from(escapes.slice(1).split("%"), (pair) => Number.parseInt(pair, 16))),
      );
    if (next === current) break;
    current = next;
  }
  return current;
}

/** The path of a URI or file name, decoded, with dot segments resolved and backslashes turned. */
export function plainPath(text: string): PlainPath {
  const decoded = percentDecoded(text).replaceAll("\0", "").replaceAll("\\", "/");
  const withoutScheme = decoded.replace(/^[a-z][a-z0-9+.-]+:\/{2}(?=\/|[^/]*)/i, "");
  const segments: string[] = [];
  let climbs = false;
  for (const segment of withoutScheme.replace(/[?#].*$/s, "").split("/")) {
    if (segment === "..") {
      climbs = true;
      segments.pop();
    } else if (segment !== "." && segment !== "") segments.push(segment.replace(/[. ]+$/, "") || segment);
  }
  return { path: `/${segments.join("/")}`, climbs };
}
