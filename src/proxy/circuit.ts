export type CircuitState = "closed" | "open" | "half-open";

/** Failures in a row that open a circuit. */
const TOLERATED = 5;
/** Milliseconds: for so long it is open at first, and twice as long after each try that failed, up to the longest. */
const FIRST_OPEN = 1000;
const LONGEST_OPEN = 30_000;

/**
 * Spares a dead upstream, and its callers the wait: after five failures in a row nothing is sent for a second, then
 * one request tries. A server that restarts is back at once, one that stays away is asked twice a minute. Times are
 * milliseconds and passed in.
 */
export class Circuit {
  #failures = 0;
  #openFor = FIRST_OPEN;
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
    this.#probeUntil = now + LONGEST_OPEN;
    return true;
  }

  /** The upstream answered, whatever it said. */
  succeeded(): void {
    this.#failures = 0;
    this.#openFor = FIRST_OPEN;
    this.#probeUntil = 0;
  }

  /** The upstream could not be reached, or did not answer. */
  failed(now: number): void {
    const state = this.state(now);
    // Calls that were on their way when it opened tell nothing new.
    if (state === "open") return;
    this.#failures += 1;
    this.#probeUntil = 0;
    if (this.#failures < TOLERATED) return;
    this.#openUntil = now + this.#openFor;
    this.#openFor = Math.min(2 * this.#openFor, LONGEST_OPEN);
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
