import { isObject, valueAt, type JsonObject, type JsonValue } from "../core/json.ts";

const MAX_MEMBERS = 20;

/** Names and types of a request's arguments: enough to learn a policy from, nothing of their content. */
export function shapeOf(value: JsonValue | undefined): JsonObject | undefined {
  const given = valueAt(value, "params", "arguments");
  if (!isObject(given)) return undefined;
  const shape: JsonObject = {};
  for (const key of Object.keys(given).slice(0, MAX_MEMBERS)) {
    if (/^[\w.-]{1,40}$/.test(key) && key !== "__proto__") shape[key] = typeName(given[key]);
  }
  return shape;
}

function typeName(value: JsonValue | undefined): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}
