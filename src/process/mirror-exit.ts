import { constants } from "node:os";

const WAIT_FOR_SIGNAL = 200;

/** Ends this process the way the server ended: same code, or same signal, else 128 + its number. */
export function mirrorExit(code: number | null, signal: NodeJS.Signals | null): void {
  if (signal === null) process.exit(code ?? 1);
  process.removeAllListeners(signal);
  try {
    process.kill(process.pid, signal);
  } catch {
    process.exit(128 + constants.signals[signal]);
  }
  // Some signals are ignored by Node or by the parent's settings.
  setTimeout(() => process.exit(128 + constants.signals[signal]), WAIT_FOR_SIGNAL);
}
