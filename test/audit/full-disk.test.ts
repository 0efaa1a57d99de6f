import { execFileSync, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { verifyLog } from "../../src/audit/verify.ts";
import { temporaryFolder } from "./sample.ts";

/** A process of its own may mount a disk that only it sees. */
const canMount = spawnSync("unshare", ["-rm", "true"]).status === 0;
const worker = fileURLToPath(new URL("workers/fill-disk.mts", import.meta.url));

test.skipIf(!canMount)(
  "on a disk that fills up nothing is torn for good, and nothing lost once there is room",
  async () => {
    const disk = temporaryFolder();
    const mount = 'mount -t tmpfs -o size=1m tmpfs "$1" && exec "$2" --import tsx "$3" "$1"';
    const stdout = execFileSync("unshare", ["-rm", "sh", "-c", mount, "sh", disk, process.execPath, worker], {
      encoding: "utf8",
      maxBuffer: 16 * 1024 * 1024,
    });
    const { errors, whenFull, after } = JSON.parse(stdout);
    expect(errors).toEqual([expect.stringContaining("ENOSPC")]);
    expect(whenFull.endsWith("\n")).toBe(false);
    expect(after.startsWith(whenFull)).toBe(true);
    writeFileSync(join(disk, "2026-11-22.jsonl"), after);
    expect(await verifyLog(disk)).toMatchObject({ malformed: 1, lines: 602, problemCount: 0, warnings: [] });
  },
);
