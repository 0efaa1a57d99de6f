import type { JsonValue } from "../core/json.ts";

/** The members that say what a message is and what it defines. */
const names = new Map(
  ["jsonrpc", "id", "method", "params", "result", "error", "tools", "prompts", "instructions", "name"].map((name) => [
    name,
    name,
  ]),
);

/** Where such members stand. */
const opened = new Set(["result", "tools", "prompts"]);
const MAX_DEPTH = 4;

/**
 * The message as a receiver reads it that ignores the case of member names, as Go's encoding/json
 * does; the very same value where that makes no difference.
 */
export function foldNames(value: JsonValue, depth = 0): JsonValue {
  if (depth > MAX_DEPTH || typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map((item) => foldNames(item, depth + 1));
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  let isSame = true;
  const members = Object.entries(value).map(([key, member]): [string, JsonValue] => {
    const name = folded(key);
    const inner = opened.has(name) ? foldNames(member, depth + 1) : member;
    isSame &&= name === key && inner === member;
    return [name, inner];
  });
  return isSame ? value : Object.fromEntries(members);
}

/** Simple folding reaches letters such as ſ and the Kelvin sign, too. */
function folded(key: string): string {
  return names.get(key) ?? names.get(key.toUpperCase().toLowerCase()) ?? key;
}
