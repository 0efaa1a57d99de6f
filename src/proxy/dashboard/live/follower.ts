import { followEvents } from "../../../audit/follow.ts";
import type { Event } from "../../../core/event.ts";

export type Listener = (events: readonly Event[]) => void;

/** One look at the growing log for all pages that are open; nobody looks while none is. */
export type Follower = {
  /** Calls back with events as they are written; the result ends it. */
  subscribe(listener: Listener): () => void;
  close(): void;
};

const retryMs = 1000;

export function createFollower(folder: string): Follower {
  const listeners = new Set<Listener>();
  let following: AbortController | undefined;

  async function follow(signal: AbortSignal): Promise<void> {
    try {
      for await (const events of followEvents({ folder, signal, backlog: 0 })) {
        if (events.length > 0) for (const listener of listeners) listener(events);
      }
    } catch {
      // A log that cannot be read for a moment; the page itself says so where it lasts.
      if (!signal.aborted) setTimeout(() => void follow(signal), retryMs).unref();
    }
  }

  function close(): void {
    following?.abort();
    following = undefined;
  }

  function subscribe(listener: Listener): () => void {
    listeners.add(listener);
    if (following === undefined) {
      following = new AbortController();
      void follow(following.signal);
    }
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) close();
    };
  }

  return { subscribe, close };
}
