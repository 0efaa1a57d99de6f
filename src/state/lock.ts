import { closeSync, mkdirSync, openSync, readFileSync, rmSync, statSync, writeSync } from "node:fs";
import { hostname } from "node:os";
import { dirname } from "node:path";
import { errorCode, GuardError } from "../core/errors.ts";

const staleMs = 10_000;
/** A lock without a holder's name: its process was killed right after creating it. */
const namelessMs = 500;
const pauseMs = 5;

let taken = 0;

/**
 * Runs `run` while no other process holds the lock file `path`. Waits at most `waitMs`, then throws a GuardError
 * `STATE_LOCKED`. A lock is taken over when its process is dead or it is older than 10 s: hold it for milliseconds.
 */
export function withLock<T>(path: string, run: () => T, waitMs = 3000): T {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const token = `${process.pid} ${hostname()} ${++taken}`;
  const deadline = Date.now() + waitMs;
  while (!create(path, token)) {
    if (removeStale(path)) continue;
    if (Date.now() >= deadline) {
      throw new GuardError(
        "STATE_LOCKED",
        `${path} is held by another mcpguard (${read(path)})`,
        "Wait for it to end, or delete that file if none is running.",
      );
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pauseMs);
  }
  try {
    return run();
  } finally {
    if (read(path) === token) rmSync(path, { force: true });
  }
}

function create(path: string, token: string): boolean {
  try {
    const file = openSync(path, "wx", 0o600);
    writeSync(file, token);
    closeSync(file);
    return true;
  } catch (error) {
    if (errorCode(error) === "EEXIST") return false;
    throw error;
  }
}

/** Removal happens under a lock of its own, so that nobody removes what a faster one has just created anew. */
function removeStale(path: string): boolean {
  const seen = read(path);
  if (!isStale(path, seen)) return false;
  const removal = `${path}.removal`;
  if (!create(removal, seen)) {
    if (ageMs(removal) > staleMs) rmSync(removal, { force: true });
    return false;
  }
  try {
    if (read(path) === seen) rmSync(path, { force: true });
  } finally {
    rmSync(removal, { force: true });
  }
  return true;
}

function isStale(path: string, token: string): boolean {
  if (ageMs(path) > (token === "" ? namelessMs : staleMs)) return true;
  const [pid, host] = token.split(" ");
  return host === hostname() && !isAlive(Number(pid));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) !== "ESRCH";
  }
}

function ageMs(path: string): number {
  try {
    return Date.now() - statSync(path).mtimeMs;
  } catch {
    return 0;
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
