import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { errorCode, GuardError } from "../../core/errors.ts";

/**
 * Makes the folder of the log, for its owner only, where it is missing. `path` is absolute. Throws GuardError where
 * nothing can be written.
 */
export function readyFolder(path: string): string {
  const trial = join(path, `.trial-${process.pid}`);
  try {
    make(path);
    writeFileSync(trial, "", { mode: 0o600 });
    rmSync(trial);
    return path;
  } catch (error) {
    throw new GuardError(
      "LOG_UNWRITABLE",
      `The log folder ${path} cannot be used (${errorCode(error) || "unknown error"})`,
      "Name a folder that you may write to with --log-dir.",
      error,
    );
  }
}

/** Node's own recursive form never returns in places such as /proc, where nothing can be made. */
function make(path: string): void {
  if (existsSync(path)) return;
  make(dirname(path));
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    // Another process may have been faster.
    if (errorCode(error) !== "EEXIST") throw error;
  }
}
