import type { Event } from "../core/event.ts";
import type { PendingItem } from "../core/pending.ts";
import { pendingEvent } from "../audit/feed/pending-event.ts";
import { toRow, type Row } from "../audit/feed/row.ts";

/** What is known at one moment; never changed, only replaced. */
export type Feed = {
  /** Oldest first. */
  rows: readonly Row[];
  /** What waits for a decision, by id. */
  waiting: ReadonlyMap<string, PendingItem>;
  /** Events seen since the start, also those no longer kept. */
  seen: number;
  /** False until the log was read for the first time. */
  ready: boolean;
};

export type FeedStore = {
  add(events: readonly Event[]): void;
  setPending(items: readonly PendingItem[]): void;
  feed(): Feed;
  subscribe(listener: () => void): () => void;
  stop(): void;
};

type Settings = { capacity?: number; tickMs?: number; unicode?: boolean };

/** The newest events, kept outside React: however many arrive, listeners hear of them once a tick. */
export function createFeedStore({ capacity = 10_000, tickMs = 100, unicode = true }: Settings = {}): FeedStore {
  let feed: Feed = { rows: [], waiting: new Map(), seen: 0, ready: false };
  let kept: readonly Row[] = [];
  let arrived: readonly Event[] = [];
  let { waiting, seen, ready } = feed;
  let timer: NodeJS.Timeout | undefined;
  const listeners = new Set<() => void>();

  function flush(): void {
    timer = undefined;
    if (arrived.length > 0) kept = [...kept, ...arrived.map((event) => toRow(event, unicode))].slice(-capacity);
    arrived = [];
    feed = { rows: withLostItems(kept, waiting, unicode), waiting, seen, ready };
    for (const listener of listeners) listener();
  }
  function schedule(): void {
    timer ??= setTimeout(flush, tickMs);
  }

  return {
    add(events) {
      arrived = [...arrived, ...events].slice(-capacity);
      seen += events.length;
      ready = true;
      schedule();
    },
    setPending(items) {
      if (items.length === waiting.size && items.every(({ id }) => waiting.has(id))) return;
      waiting = new Map(items.map((item) => [item.id, item]));
      schedule();
    },
    feed: () => feed,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop() {
      clearTimeout(timer);
      listeners.clear();
    },
  };
}

/** Items whose event is not (or no longer) among the rows get a row of their own, at the time they began to wait. */
function withLostItems(rows: readonly Row[], waiting: Feed["waiting"], unicode: boolean): readonly Row[] {
  if (waiting.size === 0) return rows;
  const shown = new Set(rows.map((row) => row.pending));
  const lost = [...waiting.values()].filter(({ id }) => !shown.has(id));
  if (lost.length === 0) return rows;
  const added = lost.map((item) => toRow(pendingEvent(item), unicode));
  return [...rows, ...added].sort((a, b) => a.at - b.at);
}
