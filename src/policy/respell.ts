import * as z from "zod";
import { isObject } from "../core/json.ts";
import { nearest } from "./nearest.ts";
import type { Source } from "./parse.ts";
import { canonicalKey, otherNames } from "./spelling.ts";
import { spotKey, type Path } from "./spots.ts";

/** The configuration in the schema's own spelling. `origin` gives the path a member has in the file. */
export type Respelled = { value: unknown; origin(path: Path): Path; warnings: readonly string[] };

/** Walks the file along the schema: known keys get their canonical name, unknown ones a warning. */
export function respell(source: Source, schema: z.ZodType): Respelled {
  const origins = new Map<string, Path>();
  const warnings: string[] = [];

  function walk(value: unknown, along: unknown, from: Path, to: Path): unknown {
    const inner = formOf(along, value);
    origins.set(spotKey(to), from);
    if (Array.isArray(value) && inner instanceof z.ZodArray) {
      return value.map((item, index) => walk(item, inner.element, [...from, index], [...to, index]));
    }
    if (!isObject(value)) return value;
    if (inner instanceof z.ZodRecord) {
      const entries = Object.entries(value);
      return Object.fromEntries(
        entries.map(([name, item]) => [name, walk(item, inner.valueType, [...from, name], [...to, name])]),
      );
    }
    return inner instanceof z.ZodObject ? walkKeys(value, inner.shape, from, to) : value;
  }

  function walkKeys(value: object, shape: Readonly<Record<string, unknown>>, from: Path, to: Path): unknown {
    const found: Record<string, unknown> = {};
    for (const [written, item] of Object.entries(value)) {
      const path = [...from, written];
      const key = canonicalKey(written);
      if (written === "$schema") continue;
      if (!Object.hasOwn(shape, key)) {
        warnings.push(`${source.place(path, "key")}: unknown key ${written} is ignored${suggestion(key, shape)}`);
        continue;
      }
      const next = walk(item, shape[key], path, [...to, key]);
      if (key in found)
        warnings.push(
          `${source.place(path, "key")}: ${written} is ${key} again; lists are joined, else the last holds`,
        );
      found[key] = joined(found[key], next);
    }
    return found;
  }

  const value = walk(source.value, schema, [], []);
  return { value, warnings, origin: (path) => origins.get(spotKey(path)) ?? path };
}

/** The schema that a value is to be held against: of a choice, the form of the value's kind. */
function formOf(along: unknown, value: unknown): unknown {
  if (along instanceof z.ZodOptional) return formOf(along.unwrap(), value);
  if (!(along instanceof z.ZodUnion)) return along;
  const wanted = Array.isArray(value) ? z.ZodArray : z.ZodObject;
  return along.options.find((option) => option instanceof wanted);
}

function joined(before: unknown, after: unknown): unknown {
  if (Array.isArray(before) && Array.isArray(after)) return [...before, ...after];
  return isObject(before) && isObject(after) ? { ...before, ...after } : after;
}

function suggestion(key: string, shape: object): string {
  const others = Object.keys(otherNames).filter((name) => Object.hasOwn(shape, otherNames[name] ?? ""));
  const close = nearest(key, [...Object.keys(shape), ...others]);
  return close === undefined ? "" : `; did you mean ${close}?`;
}
