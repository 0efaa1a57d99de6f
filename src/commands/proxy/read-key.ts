import { readFileSync } from "node:fs";
import { errorCode, GuardError } from "../../core/errors.ts";
import type { ProxyKeys } from "../../policy/schema-proxy.ts";

/**
 * The key that callers must send: what the closest of `layers` says, itself or in a file. Throws GuardError for a file
 * without a usable key, and never shows what is in it.
 */
export function readKey(layers: readonly ProxyKeys[], pathOf: (written: string) => string): string | undefined {
  const layer = layers.find(({ api_key, api_key_file }) => api_key ?? api_key_file);
  const { api_key: key, api_key_file: file } = layer ?? {};
  if (key !== undefined && file !== undefined)
    throw new GuardError("USAGE", "There is both an API key and a file for it", "Give one of them.");
  return file === undefined ? key : fromFile(pathOf(file));
}

function fromFile(path: string): string {
  const key = read(path).trim();
  if (/^[\x21-\x7e]+$/.test(key)) return key;
  throw new GuardError(
    "KEY_INVALID",
    `${path} holds no API key`,
    "Write the key into it, one line of visible ASCII characters without spaces.",
  );
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new GuardError(
      "KEY_UNREADABLE",
      `The API key file ${path} cannot be read (${errorCode(error) || "unknown error"})`,
      "Check that the file exists and that you may read it.",
      error,
    );
  }
}
