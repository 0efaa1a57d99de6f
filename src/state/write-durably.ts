import { closeSync, fsyncSync, openSync, writeFileSync } from "node:fs";

/** Creates a file that must not exist yet; when this returns, its text is on the disk. */
export function writeDurably(path: string, text: string, mode = 0o600): void {
  const file = openSync(path, "wx", mode);
  try {
    writeFileSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
