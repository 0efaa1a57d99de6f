import { constants, copyFileSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { LowSync } from "lowdb";
import { errorCode, GuardError } from "../core/errors.ts";
import { isObject } from "../core/json.ts";
import { writeDurably } from "./write-durably.ts";

let written = 0;

/**
 * A JSON object in a file as a lowdb database, already read; its folder is created by the first write.
 * A file that does not parse, or that `isValid` refuses, is kept aside and reported as a GuardError
 * `STATE_CORRUPT`; the next attempt starts from `initial`. Callers for whom an empty state is safe catch it.
 */
export function openJsonFile<T>(path: string, initial: T, isValid?: (value: unknown) => value is T): LowSync<T> {
  const database = new LowSync<T>(
    { read: () => readJson(path, isValid), write: (value) => place(path, value, renameSync) },
    initial,
  );
  database.read();
  return database;
}

/** Creates the file whole, or returns false where it already exists; of two processes only one creates it. */
export function createJsonFile<T>(path: string, value: T): boolean {
  const database = new LowSync<T>({ read: () => null, write: (content) => place(path, content, giveNewName) }, value);
  try {
    database.write();
    return true;
  } catch (error) {
    if (errorCode(error) === "EEXIST") return false;
    throw error;
  }
}

function readJson<T>(path: string, isValid: ((value: unknown) => value is T) | undefined): T | null {
  try {
    const value: T = JSON.parse(readFileSync(path, "utf8"));
    if (isObject(value) && (isValid === undefined || isValid(value))) return value;
  } catch (error) {
    if (errorCode(error) === "ENOENT") return null;
    if (!(error instanceof SyntaxError)) throw stateError("STATE_UNREADABLE", "read", path, error);
  }
  throw setAside(path);
}

function setAside(path: string): GuardError {
  const aside = `${path}.corrupt-${process.pid}-${++written}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    // Another process was faster.
    if (errorCode(error) !== "ENOENT") return stateError("STATE_CORRUPT", "understand", path, error);
  }
  return new GuardError(
    "STATE_CORRUPT",
    `${path} is damaged and was set aside`,
    `Look at ${aside}, then delete it; mcpguard starts that file afresh.`,
  );
}

/** Writes a temporary file beside, makes it durable, then gives it its name by `finish`. */
function place(path: string, value: unknown, finish: (from: string, to: string) => void): void {
  const temporary = `${path}.${process.pid}-${++written}.tmp`;
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  } catch (error) {
    throw stateError("STATE_UNWRITABLE", "write", path, error);
  }
  try {
    writeDurably(temporary, `${JSON.stringify(value, null, 2)}\n`);
    finish(temporary, path);
  } catch (error) {
    throw errorCode(error) === "EEXIST" ? error : stateError("STATE_UNWRITABLE", "write", path, error);
  } finally {
    rmSync(temporary, { force: true });
  }
}

/** A rename that fails with EEXIST where the name is taken. Some file systems know no hard links. */
function giveNewName(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch (error) {
    if (errorCode(error) === "EEXIST") throw error;
    copyFileSync(from, to, constants.COPYFILE_EXCL);
  }
}

function stateError(code: string, verb: string, path: string, cause: unknown): GuardError {
  const reason = errorCode(cause) || String(cause);
  return new GuardError(
    code,
    `cannot ${verb} ${path}: ${reason}`,
    `Make ${dirname(path)} a folder you may write to.`,
    cause,
  );
}
