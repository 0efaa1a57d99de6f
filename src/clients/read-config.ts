import { readFileSync, realpathSync, statSync } from "node:fs";
import { errorCode, GuardError } from "../core/errors.ts";

export type ConfigText = {
  /** The path behind all symbolic links. */
  real: string;
  text: string;
  /** True where the file's mode lets nobody write: its owner does not want it changed. */
  isReadOnly: boolean;
};

/** A configuration's text. Undefined where there is no file; throws a GuardError where it cannot be read. */
export function readConfig(path: string): ConfigText | undefined {
  let bytes: Buffer;
  let real: string;
  let isReadOnly: boolean;
  try {
    const facts = statSync(path);
    if (!facts.isFile())
      throw new GuardError("CONFIG_NOT_A_FILE", `${path} is not a regular file`, `Replace ${path} by a file.`);
    isReadOnly = (facts.mode & 0o222) === 0;
    real = realpathSync(path);
    bytes = readFileSync(path);
  } catch (error) {
    if (error instanceof GuardError) throw error;
    const code = errorCode(error);
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw new GuardError(
      "CONFIG_UNREADABLE",
      `cannot read ${path}: ${code}`,
      `Make ${path} readable for you, then run mcpguard again.`,
      error,
    );
  }
  try {
    return { real, isReadOnly, text: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    throw new GuardError(
      "CONFIG_ENCODING",
      `${path}:1: the file is not UTF-8`,
      `Save ${path} as UTF-8, then run mcpguard again.`,
    );
  }
}
