import { GuardError } from "../../core/errors.ts";
import { canonicalKey } from "../../policy/spelling.ts";
import { check } from "../../policy/check.ts";
import type { Config } from "../../policy/schema.ts";
import { flags, type Flag } from "./flags.ts";

const fix = "mcpguard proxy --help says what each option takes.";

type Written = string | number | boolean | readonly string[];

/** What the command line says, as a configuration. Throws GuardError naming the option that cannot be. */
export function flagLayer(given: Readonly<Record<string, unknown>>, command: readonly string[] | undefined): Config {
  const found = new Map<string, unknown>();
  for (const [name, { type }] of Object.entries(flags)) {
    if (given[name] !== undefined) found.set(name, type === "list" ? [given[name]].flat().map(String) : given[name]);
  }
  if (command !== undefined) found.set("cmd", command);
  return layer(found, (name) => `--${name}`);
}

/** What the environment says: `MCPGUARD_RATE_LIMIT` for `--rate-limit`; commas separate what is repeatable. */
export function envLayer(env: Readonly<Record<string, string | undefined>>): Config {
  const found = new Map<string, unknown>();
  for (const [name, { type }] of Object.entries(flags)) {
    const text = env[variable(name)];
    if (text !== undefined && text !== "") found.set(name, name === "cmd" ? text : valueOf(text, type));
  }
  return layer(found, variable);
}

function variable(name: string): string {
  return `MCPGUARD_${name.replaceAll("-", "_").toUpperCase()}`;
}

/** What cannot be read stays a text, which the schema refuses. */
function valueOf(text: string, type: Flag["type"]): Written {
  if (type === "number") return text.trim() === "" || Number.isNaN(Number(text)) ? text : Number(text);
  if (type === "list") return text.split(",").map((part) => part.trim());
  if (type === "text") return text;
  return /^(1|true|yes|on)$/i.test(text) || (/^(0|false|no|off)$/i.test(text) ? false : text);
}

function layer(found: ReadonlyMap<string, unknown>, shown: (name: string) => string): Config {
  const names = new Map([...found.keys()].map((name) => [canonicalKey(name), name]));
  const value = Object.fromEntries([...found].map(([name, written]) => [canonicalKey(name), written]));
  const place = ([key = ""]: readonly (string | number)[]): string => {
    const name = names.get(String(key)) ?? "";
    return `${shown(name)}${echo(name, found.get(name))}`;
  };
  if (Array.isArray(value["env"])) value["env"] = variables(value["env"], shown("env"));
  return check(value, place, "USAGE", fix);
}

/** What was written, where it is no secret. */
function echo(name: string, written: unknown): string {
  const isPublic =
    name !== "api-key" && name !== "target" && (typeof written === "string" || typeof written === "number");
  return isPublic && written !== "" && !Number.isNaN(written) ? ` ${written}` : "";
}

function variables(pairs: readonly string[], shown: string): Record<string, string> {
  const split = pairs.map((pair) => {
    const [, name, value] = /^([^=]+)=([^]*)$/.exec(pair) ?? [];
    if (name !== undefined && value !== undefined) return [name, value] as const;
    // Without a name the whole may be a value.
    throw new GuardError("USAGE", `${shown} takes NAME=VALUE`, fix);
  });
  return Object.fromEntries(split);
}
