const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Becomes aborted when the process is asked to end; `release` gives the signals back their usual meaning. */
export function stopSignal(): { stop: AbortController; release: () => void } {
  const stop = new AbortController();
  const onSignal = (): void => stop.abort();
  for (const signal of signals) process.on(signal, onSignal);
  const release = (): void => {
    for (const signal of signals) process.off(signal, onSignal);
  };
  return { stop, release };
}
