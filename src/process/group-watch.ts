import { spawn, type ChildProcessByStdio } from "node:child_process";
import type { Writable } from "node:stream";

/**
 * Keeps a list of process groups as it is told, and waits for its input to end, which it does with the life of
 * whoever started it; then asks the groups that are left to end, and soon ends them.
 */
const script = `
groups=
while read -r sign group; do
  others=
  for each in $groups; do [ "$each" = "$group" ] || others="$others $each"; done
  groups=$others
  [ "$sign" = - ] || groups="$groups $group"
done
[ -n "$groups" ] || exit 0
sleep 1
for each in $groups; do kill -s TERM -- "-$each"; done
sleep 2
for each in $groups; do kill -s KILL -- "-$each"; done
`;

let watcher: ChildProcessByStdio<Writable, null, null> | undefined;

/**
 * Servers that ignore the end of their input would outlive a proxy that was killed. Node cannot ask for a
 * signal at its parent's death, so one shell waits beside, for all of them. Returns what dismisses it; on
 * Windows there is nothing to wait with.
 */
export function watchGroup(group: number): () => void {
  if (process.platform === "win32") return () => {};
  watcher ??= startWatcher();
  watcher.stdin.write(`+ ${group}\n`);
  return () => void watcher?.stdin.write(`- ${group}\n`);
}

function startWatcher(): ChildProcessByStdio<Writable, null, null> {
  const shell = spawn("/bin/sh", ["-c", script, "mcpguard"], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
    env: { PATH: "/usr/bin:/bin" },
  });
  shell.on("error", () => {});
  shell.stdin.on("error", () => {});
  shell.unref();
  unref(shell.stdin);
  return shell;
}

/** A pipe to a child keeps a process alive like a socket. */
function unref(pipe: Writable): void {
  if ("unref" in pipe && typeof pipe.unref === "function") pipe.unref();
}
