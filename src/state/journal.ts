import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { isInstalls, type FileRecord, type Installs } from "./installs.ts";
import { openJsonFile } from "./json-file.ts";
import { writeDurably } from "./write-durably.ts";

/** What the journal knew at one moment. */
export type Reading = {
  record(file: string): FileRecord | undefined;
  /** The original text that a text written by mcpguard (given by its SHA-256) stands for, where it is reliably kept. */
  original(file: string, written: string): string | undefined;
};

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

  /** What is known now, read once: a plan must not mix what was known before and after another run. */
  read(): Reading {
    const files = this.files();
    const record = (file: string): FileRecord | undefined => (Object.hasOwn(files, file) ? files[file] : undefined);
    return {
      record,
      original: (file, written) => {
        const sha = record(file)?.writes.findLast((write) => write.after === written)?.original;
        return sha === undefined ? undefined : this.kept(file, sha);
      },
    };
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
    if (this.read().record(file) !== undefined) this.update((files) => delete files[file]);
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

  private kept(file: string, sha: string): string | undefined {
    try {
      const text = readFileSync(this.backup(file, sha), "utf8");
      return sha256(text) === sha ? text : undefined;
    } catch {
      return undefined;
    }
  }

  private keep(path: string, text: string): void {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const temporary = `${path}.tmp`;
    rmSync(temporary, { force: true });
    writeDurably(temporary, text);
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
