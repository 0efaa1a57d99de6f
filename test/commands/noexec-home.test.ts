import { spawnSync } from "node:child_process";
import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { bin, cursorFile, cursorText, person } from "./person.ts";

/** A process of its own may mount a disk that only it sees. */
const canMount = spawnSync("unshare", ["-rm", "true"]).status === 0;

const script = `
mount -t tmpfs -o noexec tmpfs "$1/disk" && mkdir "$1/disk/guard" && export HOME="$1" MCPGUARD_HOME="$1/link"
"$2" "$3" install --yes >/dev/null && cat "$1/$4" && "$2" "$3" doctor >&2`;

test.skipIf(!canMount)("behind a symbolic link to a disk that starts no programs, node is called", () => {
  const me = person();
  me.put(cursorFile, cursorText);
  mkdirSync(join(me.home, "disk"));
  symlinkSync(join(me.home, "disk", "guard"), join(me.home, "link"));
  const args = ["-rm", "sh", "-c", script, "sh", me.home, process.execPath, bin, cursorFile];
  const { status, stdout, stderr } = spawnSync("unshare", args, { encoding: "utf8" });
  expect([status, stderr.includes("✗")]).toEqual([0, false]);
  expect(stdout).toContain(`"command": ${JSON.stringify(process.execPath)}`);
});
