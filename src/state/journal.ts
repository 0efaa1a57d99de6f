import { createHash } from "node:crypto";
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { ConfigFile } from "../core/client.ts";
import { isObject } from "../core/json.ts";
import { openJsonFile } from "./json-file.ts";

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

type Installs = { files: Record<string, FileRecord> };

const writesKept = 20;

/**
 * The memory of what `install` did to which file: small facts in a database, original bytes beside it. Writers must
 * hold a lock on the home folder.
 */
export class Journal {
  private readonly home: string;

  constructor(home: string) {
    this.home = home;
  }

  /** Reads without any side effect; a lost or damaged journal is an empty one. */
  files(): Readonly<Record<string, FileRecord>> {
    try {
      const value: unknown = JSON.parse(readFileSync(this.place(), "utf8"));
      return isInstalls(value) ? value.files : {};
    } catch {
      return {};
    }
  }

  record(file: string): FileRecord | undefined {
    const files = this.files();
    return Object.hasOwn(files, file) ? files[file] : undefined;
  }

  /** The original text that a text written by mcpguard stands for; undefined where nothing reliable is kept. */
  original(file: string, written: string): string | undefined {
    const sha = this.record(file)?.writes.findLast((write) => write.after === written)?.original;
    if (sha === undefined) return undefined;
    try {
      const text = readFileSync(this.backup(file, sha), "utf8");
      return sha256(text) === sha ? text : undefined;
    } catch {
      return undefined;
    }
  }

  /** Makes durable, before the file is touched, what its new text will stand for. */
  remember(file: string, record: Omit<FileRecord, "writes">, original: string, after: string): void {
    const write = { after: sha256(after), original: sha256(original) };
    this.keep(this.backup(file, write.original), original);
    this.update((files) => {
      const earlier = (files[file]?.writes ?? []).filter((old) => old.after !== write.after);
      files[file] = { ...record, writes: [...earlier.slice(1 - writesKept), write] };
    });
  }

  /** Takes back what was remembered for a write that failed; `record` is what was known before. */
  putBack(file: string, record: FileRecord | undefined): void {
    if (record === undefined) this.forget(file);
    else this.update((files) => (files[file] = record));
  }

  forget(file: string): void {
    if (this.record(file) !== undefined) this.update((files) => delete files[file]);
  }

  private update(change: (files: Record<string, FileRecord>) => void): void {
    openOrStartAfresh(this.place(), { files: {} }).update((installs) => change(installs.files));
  }

  private place(): string {
    return join(this.home, "state", "installs.json");
  }

  private backup(file: string, sha: string): string {
    return join(this.home, "backups", sha256(file).slice(0, 16), `${sha}.orig`);
  }

  private keep(path: string, text: string): void {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const temporary = `${path}.tmp`;
    rmSync(temporary, { force: true });
    const handle = openSync(temporary, "wx", 0o600);
    try {
      writeFileSync(handle, text);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(temporary, path);
  }
}

export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function openOrStartAfresh(path: string, initial: Installs): ReturnType<typeof openJsonFile<Installs>> {
  try {
    return openJsonFile(path, initial, isInstalls);
  } catch {
    // Uninstalling works from the entries themselves too, and the damaged file was set aside.
    return openJsonFile(path, initial, isInstalls);
  }
}

function isInstalls(value: unknown): value is Installs {
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
