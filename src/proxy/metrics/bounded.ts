import knownMethods from "./methods.json" with { type: "json" };

const OTHER = "other";
const NONE = "none";
const LONGEST = 128;
const methods = new Set(knownMethods);

/** A method as a label: the protocols' own by name, whatever else a caller makes up as one. */
export function methodLabel(method: string | undefined): string {
  if (method === undefined) return NONE;
  return methods.has(method) ? method : OTHER;
}

/** Lets the first `most` names through as labels; those that come later share one, so that nobody can fill the memory. */
export function boundedLabels(most: number): (name: string) => string {
  const known = new Set<string>();
  return (name) => {
    if (known.has(name)) return name;
    if (known.size >= most || name.length > LONGEST) return OTHER;
    known.add(name);
    return name;
  };
}
