import type { Event } from "../core/event.ts";

/** Keeps the newest `limit` of all events added, in memory for at most twice as many. */
export type Newest = { add(event: Event): void; list(): readonly Event[] };

export function createNewest(limit: number): Newest {
  const kept: Event[] = [];

  /** Writers flush at different moments, so a file is only roughly in order; the sort is stable. */
  function cut(): void {
    kept.sort((one, other) => (one.timestamp < other.timestamp ? -1 : one.timestamp > other.timestamp ? 1 : 0));
    kept.splice(0, Math.max(0, kept.length - limit));
  }

  return {
    add(event) {
      kept.push(event);
      if (kept.length >= 2 * limit + 1024) cut();
    },
    /** Newest last. */
    list() {
      cut();
      return kept;
    },
  };
}
