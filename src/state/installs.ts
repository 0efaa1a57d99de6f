import type { ConfigFile } from "../core/client.ts";
import { isObject } from "../core/json.ts";

/** How an entry stood in the file before it was wrapped, as text, and the command line that replaced it. */
export type EntryRecord = {
  path: readonly string[];
  command: string;
  /** Null where the entry had none. */
  args: string | null;
  argv: readonly string[];
};

/** What is known of one configuration file; the key is its real path. */
export type FileRecord = ConfigFile & {
  client: string;
  /** SHA-256 of bytes that mcpguard wrote, and of the bytes that they stand for. Latest last. */
  writes: readonly { after: string; original: string }[];
  entries: readonly EntryRecord[];
};

/** All that is known, by the real path of the file. */
export type Installs = { files: Record<string, FileRecord> };

/** True for what a journal may hold: whoever reads it relies on every part. */
export function isInstalls(value: unknown): value is Installs {
  return isObject(value) && isObject(value["files"]) && Object.values(value["files"]).every(isFileRecord);
}

function isFileRecord(value: unknown): value is FileRecord {
  if (!isObject(value)) return false;
  const { client, path, scope, servers, writes, entries } = value;
  const isPlaced = [client, path].every(isText) && (scope === "user" || scope === "project");
  return isPlaced && isListOf(servers, isWords) && isListOf(writes, isWrite) && isListOf(entries, isEntryRecord);
}

function isWrite(value: unknown): boolean {
  return isObject(value) && isText(value["after"]) && isText(value["original"]);
}

function isEntryRecord(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { path, command, args, argv } = value;
  return isWords(path) && isText(command) && (args === null || isText(args)) && isWords(argv);
}

function isWords(value: unknown): boolean {
  return isListOf(value, isText);
}

function isListOf(value: unknown, isItem: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isItem);
}

function isText(value: unknown): boolean {
  return typeof value === "string";
}
