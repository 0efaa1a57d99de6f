import JSON5 from "json5";
import { parseDocument } from "yaml";
import { GuardError } from "../core/errors.ts";
import { jsonSpots } from "./json-spots.ts";
import { lineColumn, spotOf, type Path, type Spots } from "./spots.ts";
import { yamlSpots } from "./yaml-spots.ts";

/** A configuration file as plain values; `place` is the `file:line:column` of a member's name or value. */
export type Source = { value: unknown; place(path: Path, part?: "key" | "value"): string };

/**
 * Parses by extension: .json, .jsonc and .json5 as JSON5 (which holds the other two), all else as YAML.
 * Throws CONFIG_INVALID; parsers' own messages quote the file, so they are not passed on.
 */
export function parse(path: string, text: string): Source {
  const plain = text.startsWith("\uFEFF") ? text.slice(1) : text;
  const { value, spots } = /\.json[c5]?$/i.test(path) ? parseJson(path, plain) : parseYaml(path, plain);
  const place = (at: Path, part: "key" | "value" = "value") => `${path}:${lineColumn(plain, spotOf(spots, at)[part])}`;
  return { value, place };
}

function parseJson(path: string, text: string): { value: unknown; spots: Spots } {
  if (text.trim() === "") return { value: {}, spots: new Map() };
  try {
    return { value: JSON5.parse<unknown>(text), spots: jsonSpots(text) };
  } catch (error) {
    throw syntaxError(path, placeIn(error), "this is not valid JSON");
  }
}

/** JSON5 adds where it stopped to its error. */
function placeIn(error: unknown): string {
  const hasPlace = error instanceof Error && "lineNumber" in error && "columnNumber" in error;
  return hasPlace ? `${String(error.lineNumber)}:${String(error.columnNumber)}` : "1:1";
}

function parseYaml(path: string, text: string): { value: unknown; spots: Spots } {
  const document = parseDocument(text, { prettyErrors: false, merge: true });
  const [error] = document.errors;
  if (error !== undefined) {
    const reason = error.code.toLowerCase().replaceAll("_", " ");
    throw syntaxError(path, lineColumn(text, error.pos[0]), `this is not valid YAML (${reason})`);
  }
  try {
    const value: unknown = document.toJS();
    return { value: value ?? {}, spots: yamlSpots(document.contents) };
  } catch {
    throw syntaxError(path, "1:1", "an alias (*name) has no anchor (&name) or is used too often");
  }
}

function syntaxError(path: string, place: string, what: string): GuardError {
  return new GuardError(
    "CONFIG_INVALID",
    `${path}:${place}: ${what}`,
    "Correct the file; until then its rules are not used.",
  );
}
