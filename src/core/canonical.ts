import { isObject, type JsonValue } from "./json.ts";

/**
 * One text for all ways of writing the same definition: members sorted, runs of white space in
 * strings folded to one space. Anything else that differs is a difference.
 */
export function canonicalForm(value: JsonValue): string {
  if (typeof value === "string") return JSON.stringify(value.replace(/\s+/g, " ").trim());
  if (Array.isArray(value)) return `[${value.map(canonicalForm).join(",")}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalForm(value[key] ?? null)}`);
  return `{${members.join(",")}}`;
}
