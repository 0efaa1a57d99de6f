import { constants } from "node:os";

const WAIT_FOR_SIGNAL = 200;

/** Node does not die of these: it ignores one and starts its debugger on the other. */
const reserved = new Set<NodeJS.Signals>(["SIGPIPE", "SIGUSR1"]);

/** Ends this process the way the server ended: same code, or same signal, else 128 + its number. */
export function mirrorExit(code: number | null, signal: NodeJS.Signals | null): void {
  if (signal === null) process.exit(code ?? 1);
  const exitCode = 128 + constants.signals[signal];
  if (reserved.has(signal)) process.exit(exitCode);
  process.removeAllListeners(signal);
  try {
    process.kill(process.pid, signal);
  } catch {
    process.exit(exitCode);
  }
  // A parent may have had the signal ignored.
  setTimeout(() => process.exit(exitCode), WAIT_FOR_SIGNAL);
}
