import { boundedLabels } from "./metrics/bounded.ts";
import type { Observation } from "./metrics/metrics.ts";

const MINUTE = 60_000;
const KEPT_MINUTES = 60;
/** Of each minute, and of the whole time; enough for percentiles that a person looks at. */
const KEPT_SAMPLES = 500;
const MOST_TOOLS = 100;

type Minute = { at: number; requests: number; blocked: number; added: number[] };

/** The last hour minute by minute, and what the guard adds, for people to look at. Times are milliseconds. */
export class Traffic {
  readonly #minutes: Minute[] = [];
  readonly #added: number[] = [];
  readonly #tools = new Map<string, number>();
  readonly #label = boundedLabels(MOST_TOOLS);
  #observed = 0;

  observe({ outcome, tool, addedSeconds }: Observation, now: number): void {
    const minute = this.#minuteOf(now);
    minute.requests++;
    if (outcome === "block") minute.blocked++;
    if (tool !== undefined) {
      const label = this.#label(tool);
      this.#tools.set(label, (this.#tools.get(label) ?? 0) + 1);
    }
    if (addedSeconds === undefined) return;
    if (minute.added.length < KEPT_SAMPLES) minute.added.push(addedSeconds * 1000);
    this.#added[this.#observed++ % KEPT_SAMPLES] = addedSeconds * 1000;
  }

  /** Calls by tool. */
  get tools(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#tools);
  }

  /** Of the last calls; null before the first. */
  get latency(): { p50: number; p95: number } | null {
    if (this.#added.length === 0) return null;
    return { p50: percentile(this.#added, 0.5), p95: percentile(this.#added, 0.95) };
  }

  /** The last hour, oldest first; minutes without traffic are missing. */
  recent(now: number): { at: number; requests: number; blocked: number; p50: number | null; p95: number | null }[] {
    const since = now - KEPT_MINUTES * MINUTE;
    const kept = this.#minutes.filter(({ at }) => at > since);
    return kept.map(({ at, requests, blocked, added }) => {
      const isEmpty = added.length === 0;
      const p50 = isEmpty ? null : percentile(added, 0.5);
      return { at, requests, blocked, p50, p95: isEmpty ? null : percentile(added, 0.95) };
    });
  }

  #minuteOf(now: number): Minute {
    const at = now - (now % MINUTE);
    const last = this.#minutes.at(-1);
    if (last !== undefined && last.at >= at) return last;
    const minute: Minute = { at, requests: 0, blocked: 0, added: [] };
    this.#minutes.push(minute);
    if (this.#minutes.length > KEPT_MINUTES) this.#minutes.shift();
    return minute;
  }
}

function percentile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
