import type { ServerProcess } from "./start-server.ts";

const forwarded: readonly NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP"];

/** SDK clients kill the shim two seconds after SIGTERM; the server must be gone by then. */
const KILL_AFTER = 1_600;

/**
 * Passes signals on to the server. A client that has closed its side and then asks to terminate is
 * shutting down: a server that does not follow is killed, since the client's next step would kill
 * only the shim.
 */
export function forwardSignals(running: () => ServerProcess | undefined): void {
  for (const signal of forwarded) {
    process.on(signal, () => {
      running()?.kill(signal);
      if (clientIsGone()) setTimeout(() => running()?.kill("SIGKILL"), KILL_AFTER).unref();
    });
  }
}

/** Resolves when the client asks to end. */
export function askedToEnd(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of forwarded) process.once(signal, () => resolve());
  });
}

function clientIsGone(): boolean {
  return process.stdin.readableEnded || process.stdin.destroyed;
}
