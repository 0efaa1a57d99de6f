import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";

/** A file of the log. `name` without its ending is the UTC day, in logs that mcpguard wrote. */
export type LogFile = { name: string; path: string; isCompressed: boolean };

const dayName = /^(\d{4}-\d{2}-\d{2})\.jsonl(\.gz)?$/;
const dayMs = 86_400_000;

/** The UTC day of an ISO time: its first ten characters. */
export function dayOf(timestamp: string): string {
  return timestamp.slice(0, 10);
}

/** The log files of a folder, oldest day first; a compressed part comes before the rest of its day. Throws where there is no folder. */
export function listLogFiles(folder: string): LogFile[] {
  const names = readdirSync(folder).filter((name) => /\.jsonl(\.gz)?$/.test(name));
  names.sort((one, other) => (orderOf(one) < orderOf(other) ? -1 : 1));
  return names.map((name) => ({ name, path: join(folder, name), isCompressed: name.endsWith(".gz") }));
}

function orderOf(name: string): string {
  return name.endsWith(".gz") ? `${name.slice(0, -3)} 0` : `${name} 1`;
}

/** Deletes the files of days more than `retentionDays` before today; 0 keeps all. Never throws: another process may be at it. */
export function deleteOldDays(folder: string, retentionDays: number, now: number): void {
  if (retentionDays <= 0) return;
  const firstKept = dayOf(new Date(now - retentionDays * dayMs).toISOString());
  try {
    for (const { name, path } of listLogFiles(folder)) {
      const day = dayName.exec(name)?.[1];
      if (day !== undefined && day < firstKept) rmSync(path, { force: true });
    }
  } catch {
    // The next start tries again.
  }
}
