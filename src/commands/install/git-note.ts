import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** A warning about a project file that lies in a git repository; undefined where it does not. */
export function gitNote(path: string): string | undefined {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if (existsSync(join(folder, ".git")))
      return "This file lies in a git repository and now names paths of this machine: do not commit it.";
    if (folder === dirname(folder)) return undefined;
  }
}
