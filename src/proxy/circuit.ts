export type CircuitState = "closed" | "open" | "half-open";

/** Failures in a row that open a circuit, and for how long, in milliseconds. */
const TOLERATED = 5;
const OPEN_MS = 30_000;

/**
 * Spares a dead upstream, and its callers the wait: after five failures in a row nothing is sent for 30 s,
 * then one request tries. Times are milliseconds and passed in.
 */
export class Circuit {
  #failures = 0;
  #openUntil = 0;
  #probeUntil = 0;

  state(now: number): CircuitState {
    if (this.#failures < TOLERATED) return "closed";
    return now < this.#openUntil ? "open" : "half-open";
  }

  /** Whether a request may be sent now. In a half-open circuit the first that asks becomes the probe. */
  admits(now: number): boolean {
    const state = this.state(now);
    if (state !== "half-open") return state === "closed";
    if (now < this.#probeUntil) return false;
    // A probe of which nothing is heard must not keep all others out for ever.
    this.#probeUntil = now + OPEN_MS;
    return true;
  }

  /** The upstream answered, whatever it said. */
  succeeded(): void {
    this.#failures = 0;
    this.#probeUntil = 0;
  }

  /** The upstream could not be reached, or did not answer. */
  failed(now: number): void {
    this.#failures += 1;
    this.#probeUntil = 0;
    if (this.#failures >= TOLERATED) this.#openUntil = now + OPEN_MS;
  }

  /** A probe ended without telling anything, as when its caller went away. */
  abandoned(): void {
    this.#probeUntil = 0;
  }

  /** Whole seconds until a request may be tried again, for `Retry-After`; 0 where one may now. */
  retryAfter(now: number): number {
    const until = this.state(now) === "open" ? this.#openUntil : this.#probeUntil;
    return this.state(now) === "closed" ? 0 : Math.max(0, Math.ceil((until - now) / 1000));
  }
}
