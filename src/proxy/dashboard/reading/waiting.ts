import type { PendingItem } from "../../../core/pending.ts";
import { listPending } from "../../../state/pending.ts";

/** What waits for a person, longest first; `problem` where it cannot be read. */
export type Waiting = { items: readonly PendingItem[]; ids: ReadonlySet<string>; problem: string | undefined };

const freshMs = 800;

/** A look at what waits: however many pages and streams ask, the folder is read at most every 800 ms. */
export function createWaiting(home: string): { look(): Waiting; forget(): void } {
  let last: Waiting = waitingOf([], undefined);
  let lookedAt = -Infinity;

  function look(): Waiting {
    if (Date.now() - lookedAt < freshMs) return last;
    last = read(home);
    lookedAt = Date.now();
    return last;
  }

  return { look, forget: () => void (lookedAt = -Infinity) };
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
