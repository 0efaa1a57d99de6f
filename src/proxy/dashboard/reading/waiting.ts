import type { PendingItem } from "../../../core/pending.ts";
import { listPending } from "../../../state/pending.ts";

/** What waits for a person, longest first; `problem` where it cannot be read. */
export type Waiting = { items: readonly PendingItem[]; ids: ReadonlySet<string>; problem: string | undefined };

/** A look at what waits, no older than `maxAgeMs`: streams look often, and need not read the folder each time. */
export type WaitingRoom = { look(maxAgeMs?: number): Waiting };

export function createWaiting(home: string): WaitingRoom {
  let last: Waiting = waitingOf([], undefined);
  let lookedAt = -Infinity;

  function look(maxAgeMs = 0): Waiting {
    if (Date.now() - lookedAt < maxAgeMs) return last;
    last = read(home);
    lookedAt = Date.now();
    return last;
  }

  return { look };
}

function read(home: string): Waiting {
  try {
    return waitingOf(listPending(home), undefined);
  } catch (error) {
    return waitingOf([], error instanceof Error ? error.message : String(error));
  }
}

function waitingOf(items: readonly PendingItem[], problem: string | undefined): Waiting {
  return { items, ids: new Set(items.map(({ id }) => id)), problem };
}
