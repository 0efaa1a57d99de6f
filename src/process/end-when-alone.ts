import { spawn } from "node:child_process";
import type { ServerProcess } from "./start-server.ts";

/** Waits for its input to end, which it does with the shim's life; then asks the server to end, and soon ends it. */
const script = 'read _; sleep 1; kill -TERM "$1" && sleep 2 && kill -KILL "$1"';

/** A start must not wait for this, and hardly a server outlives its shim this early. */
const AFTER = 300;

/**
 * A server that ignores the end of its input would outlive a shim that was killed. Node cannot ask
 * for a signal at its parent's death, so a shell waits beside. Returns what dismisses it; on
 * Windows there is nothing to wait with.
 */
export function endWhenAlone(server: ServerProcess): () => void {
  if (process.platform === "win32" || server.pid === undefined) return () => {};
  let dismiss = (): void => {};
  const timer = setTimeout(() => {
    const watcher = spawn("/bin/sh", ["-c", script, "mcpguard", String(server.pid)], {
      stdio: ["pipe", "ignore", "ignore"],
      detached: true,
      env: { PATH: "/usr/bin:/bin" },
    });
    watcher.on("error", () => {});
    watcher.stdin.on("error", () => {});
    watcher.unref();
    dismiss = () => void watcher.kill("SIGKILL");
  }, AFTER);
  timer.unref();
  return () => {
    clearTimeout(timer);
    dismiss();
  };
}
