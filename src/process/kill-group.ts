import { spawn } from "node:child_process";

/** Signals a process that leads a group, and all that it started. False where none of them is left. */
export function killGroup(pid: number, signal: "SIGTERM" | "SIGKILL"): boolean {
  if (process.platform === "win32") {
    // Without /F console programs are not asked to end at all.
    spawn("taskkill", ["/PID", String(pid), "/T", "/F"], { stdio: "ignore", windowsHide: true }).on("error", () => {});
    return false;
  }
  try {
    return process.kill(-pid, signal);
  } catch {
    return false;
  }
}
