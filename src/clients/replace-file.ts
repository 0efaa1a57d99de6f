import {
  chownSync,
  closeSync,
  fchmodSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { errorCode, GuardError } from "../core/errors.ts";

/**
 * Gives a file a new text in one step: whoever reads it meanwhile sees the old or the new text, whole. Mode and owner
 * stay; a file with several names (hard links) is written in place. Throws `CONFIG_CHANGED` where the file no longer holds `before`, `CONFIG_UNWRITABLE` where it cannot be written.
 */
export function replaceFile(path: string, before: string, after: string): void {
  const temporary = temporaryBeside(path);
  try {
    writeLike(path, temporary, after);
    // Another run of mcpguard may have been faster.
    if (!holds(path, before) && !holds(path, after)) throw overtaken(path);
    if (statSync(path).nlink > 1) writeInPlace(path, after);
    else renameOver(temporary, path);
    syncFolder(dirname(path));
  } catch (error) {
    throw error instanceof GuardError ? error : unwritable(path, error);
  } finally {
    rmSync(temporary, { force: true });
  }
  if (!holds(path, after)) throw changed(path, "was overwritten by another program");
}

/** True where a file has exactly this text. */
export function holds(path: string, text: string): boolean {
  try {
    return readFileSync(path, "utf8") === text;
  } catch {
    return false;
  }
}

/** The error for a file that is no longer as it was when the plan was made. */
export function overtaken(path: string): GuardError {
  return changed(path, "changed while mcpguard was at work");
}

/** A name in the same folder that no other running process uses. */
export function temporaryBeside(path: string): string {
  return join(dirname(path), `${temporaryPrefix(path)}${process.pid}.tmp`);
}

/** Removes what a killed run left beside the file. */
export function removeLeftovers(path: string): void {
  const prefix = temporaryPrefix(path);
  let names: readonly string[] = [];
  try {
    names = readdirSync(dirname(path));
  } catch {
    // Nothing to remove in a folder that cannot be read.
  }
  for (const name of names) {
    const pid = Number(name.startsWith(prefix) ? name.slice(prefix.length, -".tmp".length) : Number.NaN);
    if (Number.isInteger(pid) && !isAlive(pid)) rmSync(join(dirname(path), name), { force: true });
  }
}

function temporaryPrefix(path: string): string {
  return `.${basename(path)}.mcpguard-`;
}

function writeLike(model: string, path: string, text: string): void {
  const { mode, uid, gid } = statSync(model);
  rmSync(path, { force: true });
  const file = openSync(path, "wx", 0o600);
  try {
    writeFileSync(file, text);
    const own = statSync(path);
    if (own.uid !== uid || own.gid !== gid) chownSync(path, uid, gid);
    fchmodSync(file, mode & 0o7777);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** A new file would part the names of a hard-linked one. The temporary file has shown that there is room. */
function writeInPlace(path: string, text: string): void {
  const file = openSync(path, "r+");
  try {
    const bytes = Buffer.from(text);
    writeFileSync(file, bytes);
    ftruncateSync(file, bytes.length);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** On Windows a scanner or the client may hold the file for a moment. */
function renameOver(from: string, to: string): void {
  for (let attempt = 1; ; attempt += 1) {
    try {
      renameSync(from, to);
      return;
    } catch (error) {
      const mayPass = process.platform === "win32" && ["EBUSY", "EPERM", "EACCES"].includes(errorCode(error));
      if (!mayPass || attempt === 8) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, attempt * 20);
    }
  }
}

function syncFolder(folder: string): void {
  if (process.platform === "win32") return;
  const handle = openSync(folder, "r");
  fsyncSync(handle);
  closeSync(handle);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) !== "ESRCH";
  }
}

function changed(path: string, what: string): GuardError {
  return new GuardError(
    "CONFIG_CHANGED",
    `${path} ${what}`,
    "Quit the program that writes it, then run mcpguard again.",
  );
}

function unwritable(path: string, cause: unknown): GuardError {
  const reason = errorCode(cause) || String(cause);
  const remedy = reason === "ENOSPC" ? "Free some disk space" : `Make ${path} and its folder writable for you`;
  return new GuardError(
    "CONFIG_UNWRITABLE",
    `cannot write ${path}: ${reason}`,
    `${remedy}, then run mcpguard again.`,
    cause,
  );
}
