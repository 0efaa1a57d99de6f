import { readdirSync } from "node:fs";
import { errorCode, GuardError } from "../core/errors.ts";
import { openJsonFile } from "./json-file.ts";

/** The ids of the files `<id>.json` in a folder; none where there is no folder. */
export function listIds(folder: string): string[] {
  return listNames(folder).flatMap((name) => /^(\w+)\.json$/.exec(name)?.[1] ?? []);
}

/** The names in a folder; none where there is no folder. */
export function listNames(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (errorCode(error) === "ENOENT") return [];
    throw error;
  }
}

/** The object in a file; undefined where there is none, or a damaged one that is now set aside. */
export function readJsonFile<T extends object>(path: string, isValid: (value: unknown) => value is T): T | undefined {
  const nothing: Partial<T> = {};
  try {
    const { data } = openJsonFile(path, nothing, isValid);
    return isValid(data) ? data : undefined;
  } catch (error) {
    if (error instanceof GuardError && error.code === "STATE_CORRUPT") return undefined;
    throw error;
  }
}
