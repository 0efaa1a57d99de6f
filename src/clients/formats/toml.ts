import { parse, TomlError } from "smol-toml";
import { isObject } from "../../core/json.ts";
import { blanksBefore, syntaxError, type Opened, type Place, type Splice } from "./format.ts";
import { scanToml, type Pair, type Path } from "./toml-scan.ts";

/** TOML with the place of every value. Throws `CONFIG_SYNTAX` for text that a TOML parser refuses. */
export function openToml(text: string, path: string): Opened {
  const value = parseToml(text, path);
  const pairs = scanToml(text);
  return {
    text,
    value,
    literal: tomlString,
    place: (steps) => (isMap(value, steps) ? placeOf(text, pairs, steps) : undefined),
  };
}

function parseToml(text: string, path: string): unknown {
  try {
    return parse(text, { integersAsBigInt: "asNeeded" });
  } catch (error) {
    const line = error instanceof TomlError ? error.line : 1;
    const [why = ""] = error instanceof TomlError ? error.message.split("\n") : [];
    throw syntaxError(path, line, why.replace(/^Invalid TOML document: /, "") || "not valid TOML");
  }
}

function isMap(value: unknown, steps: readonly string[]): boolean {
  let current = value;
  for (const step of steps) {
    if (!isObject(current) || !Object.hasOwn(current, step)) return false;
    current = current[step];
  }
  return isObject(current);
}

function placeOf(text: string, pairs: readonly Pair[], steps: readonly string[]): Place {
  const find = (name: string): Pair | undefined => pairs.find((pair) => isSame(pair.path, [...steps, name]));
  return {
    joint: ", ",
    field: (name) => find(name)?.value,
    insertAfter: (field, name, raw) => insertion(text, find(field), name, raw),
    remove: (name) => removal(text, find(name)),
  };
}

function isSame(a: Path, b: Path): boolean {
  return a.length === b.length && a.every((step, index) => step === b[index]);
}

/** Beside an inline member, or as a line of its own with the same indentation and the same dotted key. */
function insertion(text: string, pair: Pair | undefined, name: string, raw: string): Splice {
  if (pair === undefined) throw new Error("a member must be there to insert another after it");
  const equals = text.slice(pair.key.end, pair.value.start);
  const member = `${text.slice(pair.key.start, pair.lastKey.start)}${name}${equals}${raw}`;
  if (pair.inline) return { start: pair.value.end, end: pair.value.end, text: `, ${member}` };
  const at = lineEnd(text, pair.value.end);
  const indent = blanksBefore(text, pair.key.start).split("\n").at(-1) ?? "";
  return { start: at, end: at, text: `${newline(text, at)}${indent}${member}` };
}

function removal(text: string, pair: Pair | undefined): readonly Splice[] {
  if (pair === undefined) return [];
  const { key, value, inline } = pair;
  if (!inline) {
    const newlineAndIndent = /(?:\r?\n)?[ \t]*$/.exec(blanksBefore(text, key.start))?.[0] ?? "";
    return [{ start: key.start - newlineAndIndent.length, end: value.end, text: "" }];
  }
  const before = key.start - blanksBefore(text, key.start).length;
  if (text.charAt(before - 1) === ",") return [{ start: before - 1, end: value.end, text: "" }];
  const behind = /^[ \t]*,[ \t]*/.exec(text.slice(value.end))?.[0].length ?? 0;
  return [{ start: key.start, end: value.end + behind, text: "" }];
}

function lineEnd(text: string, from: number): number {
  const offset = text.slice(from).search(/\r?\n/);
  return offset === -1 ? text.length : from + offset;
}

function newline(text: string, at: number): string {
  if (text.startsWith("\r\n", at)) return "\r\n";
  return at === text.length && text.includes("\r\n") ? "\r\n" : "\n";
}

/** JSON's escapes are TOML's, except that TOML wants DEL escaped too. */
function tomlString(value: string): string {
  return JSON.stringify(value).replaceAll("\u007f", "\\u007f");
}
