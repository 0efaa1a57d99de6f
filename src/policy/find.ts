import { statSync } from "node:fs";
import { join } from "node:path";

const names = ["config.yaml", "config.yml", "config.json", "config.jsonc", "config.json5"];

/** Where the configuration is, and enough of its metadata to see that it changed. */
export type FoundConfig = { path: string; mtimeMs: number; ctimeMs: number; size: number; ino: number };

/** The configuration file of `home`; the first name in the list wins. */
export function findConfig(home: string): FoundConfig | undefined {
  for (const name of names) {
    const found = findFile(join(home, name));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The file at `path`, as it is now; undefined where there is none. */
export function findFile(path: string): FoundConfig | undefined {
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found === undefined || !found.isFile()) return undefined;
    return { path, mtimeMs: found.mtimeMs, ctimeMs: found.ctimeMs, size: found.size, ino: found.ino };
  } catch {
    // It may be there: reading it will say what is wrong, silence would drop its rules.
    return { path, mtimeMs: 0, ctimeMs: 0, size: 0, ino: 0 };
  }
}
