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

/** Only of a file's URI the host is no part of the path. */
const scheme = /^(?:file:\/{0,2}(?:(?:localhost|127\.0\.0\.1)(?=\/))?|[a-z][a-z0-9+.-]+:\/{2})/i;

/** The path of a URI or file name, decoded, with dot segments resolved and backslashes turned. */
export function plainPath(text: string): PlainPath {
  const decoded = percentDecoded(text.replace(/[?#].*$/s, ""))
    .replace(/\0.*$/s, "")
    .replaceAll("\\", "/");
  const withoutScheme = decoded.replace(scheme, "");
  const segments: string[] = [];
  let climbs = false;
  for (const segment of withoutScheme.split("/")) {
    const name = segment.replace(/;.*$/s, "");
    if (name === "..") {
      climbs = true;
      segments.pop();
    } else if (name !== "." && name !== "") segments.push(name.replace(/[. ]{1,16}$/, "") || name);
  }
  return { path: `/${segments.join("/")}`, climbs };
}
