import { matchesGlob } from "./glob.ts";
import { nearest } from "./nearest.ts";
import type { Config, Overlay } from "./schema.ts";
import type { Path } from "./spots.ts";

/** Something that is valid and still not what a person meant. */
export type Advice = { at: Path; text: string };

/** What is odd about a valid configuration. `detectors` are the ids there are; without them names go unchecked. */
export function advice(config: Config, detectors: readonly string[] | undefined): Advice[] {
  const layers: { at: Path; keys: Overlay }[] = [{ at: [], keys: config }];
  for (const [name, keys] of Object.entries(config.servers ?? {})) layers.push({ at: ["servers", name], keys });
  return layers.flatMap(({ at, keys }) => {
    const names = detectors === undefined ? [] : unknownDetectors(keys, detectors);
    return [...overlaps(keys), ...names].map((found) => ({ ...found, at: [...at, ...found.at] }));
  });
}

function overlaps({ allow = [], deny = [] }: Overlay): Advice[] {
  return allow.flatMap((allowed, index) => {
    const isDenied = deny.some((denied) => matchesGlob(denied, allowed));
    return isDenied ? [{ at: ["allow", index], text: `${allowed} is both allowed and denied; deny wins` }] : [];
  });
}

function unknownDetectors({ detectors = {}, tools = {} }: Overlay, known: readonly string[]): Advice[] {
  const places: Path[] = Object.keys(detectors).map((name) => ["detectors", name]);
  for (const [tool, map] of Object.entries(tools))
    places.push(...Object.keys(map).map((name) => ["tools", tool, name]));
  return places.flatMap((at) => {
    const id = String(at.at(-1)).split("/")[0] ?? "";
    if (id === "*" || known.includes(id)) return [];
    const close = nearest(id, known);
    return [{ at, text: `there is no detector ${id}${close === undefined ? "" : `; did you mean ${close}?`}` }];
  });
}
