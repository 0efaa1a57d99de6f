import type { JsonObject, JsonValue } from "../../core/json.ts";
import { decode, type JsonSpan } from "./spans.ts";

type Task = { span: JsonSpan; place: (value: JsonValue) => void };

/**
 * The value as a parser sees it that keeps the first of duplicate members (JSON.parse keeps the
 * last). Receivers differ, so both readings are inspected.
 */
export function firstWins(bytes: Uint8Array, root: JsonSpan): JsonValue {
  let result: JsonValue = null;
  const tasks: Task[] = [{ span: root, place: (value) => (result = value) }];
  for (let task = tasks.pop(); task !== undefined; task = tasks.pop()) {
    const { span, place } = task;
    if (span.items !== undefined) place(arrayOf(span.items, tasks));
    else if (span.members !== undefined) place(objectOf(span, tasks));
    else place(JSON.parse(decode(bytes, span.start, span.end)));
  }
  return result;
}

function arrayOf(items: readonly JsonSpan[], tasks: Task[]): JsonValue[] {
  const array: JsonValue[] = items.map(() => null);
  for (const [index, span] of items.entries()) tasks.push({ span, place: (value) => (array[index] = value) });
  return array;
}

function objectOf(span: JsonSpan, tasks: Task[]): JsonObject {
  const object: JsonObject = {};
  for (const { key, value } of span.members ?? []) {
    if (Object.hasOwn(object, key)) continue;
    define(object, key, null);
    tasks.push({ span: value, place: (parsed) => define(object, key, parsed) });
  }
  return object;
}

/** Plain assignment of `__proto__` would set the prototype. */
function define(object: JsonObject, key: string, value: JsonValue): void {
  Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
}
