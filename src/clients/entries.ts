import type { ConfigFile, Dialect, Entry } from "../core/client.ts";
import { isObject } from "../core/json.ts";
import { readMarker } from "./marker.ts";

const urlFields = ["httpUrl", "serverUrl", "url"];
const remoteTypes = /^(http|sse|ws|websocket|remote|streamable-?_?http)$/i;

/** The servers in a parsed configuration, in the order of the file. */
export function listEntries(value: unknown, patterns: ConfigFile["servers"], dialect: Dialect): readonly Entry[] {
  const isPattern = (path: readonly string[]): boolean =>
    patterns.some((pattern) => pattern.join("\0") === path.join("\0"));
  const entries: Entry[] = [];
  for (const pattern of patterns) {
    for (const { path, value: servers } of follow(value, pattern, [])) {
      if (!isObject(servers)) continue;
      for (const name of Object.keys(servers)) {
        const entry = readEntry(servers[name], [...path, name], dialect);
        // opencode's `mcp.servers` is a map of servers inside a map of servers.
        if (entry.kind !== "other" || !isPattern(entry.path)) entries.push(entry);
      }
    }
  }
  return entries;
}

/** The command line at `path`, as its client would start it. */
export function argvAt(value: unknown, path: readonly string[], dialect: Dialect): readonly string[] | undefined {
  const [found] = follow(value, path, [], false);
  return argvOf(found?.value, dialect);
}

type Found = { path: readonly string[]; value: unknown };

function follow(value: unknown, pattern: readonly string[], path: readonly string[], stars = true): readonly Found[] {
  const [step, ...rest] = pattern;
  if (step === undefined) return [{ path, value }];
  if (!isObject(value)) return [];
  const names = stars && step === "*" ? Object.keys(value) : Object.hasOwn(value, step) ? [step] : [];
  return names.flatMap((name) => follow(value[name], rest, [...path, name], stars));
}

function readEntry(value: unknown, path: readonly string[], dialect: Dialect): Entry {
  const name = path.at(-1) ?? "";
  const type = isObject(value) && typeof value["type"] === "string" ? value["type"] : "";
  const url = urlFields
    .map((field) => (isObject(value) ? value[field] : undefined))
    .find((found) => typeof found === "string");
  const argv = argvOf(value, dialect);
  if (argv !== undefined && !remoteTypes.test(type)) {
    return { name, path, kind: "stdio", argv, marker: readMarker(argv), url: undefined };
  }
  const kind = typeof url === "string" ? "remote" : "other";
  return { name, path, kind, argv: [], marker: undefined, url: typeof url === "string" ? url : undefined };
}

/** Undefined where the client itself would not find a command line. */
function argvOf(value: unknown, dialect: Dialect): readonly string[] | undefined {
  if (!isObject(value)) return undefined;
  const command = Object.hasOwn(value, "command") ? value["command"] : undefined;
  const args = Object.hasOwn(value, "args") ? value["args"] : [];
  const words: unknown = dialect === "command-array" ? command : Array.isArray(args) ? [command, ...args] : undefined;
  if (!Array.isArray(words) || typeof words[0] !== "string" || words[0] === "") return undefined;
  const isWord = (word: unknown): boolean => typeof word !== "object" || word === null;
  return words.every(isWord) ? words.map(String) : undefined;
}
