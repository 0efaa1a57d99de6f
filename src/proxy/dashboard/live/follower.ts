import { setTimeout as pause } from "node:timers/promises";
import { followEvents } from "../../../audit/follow.ts";
import type { Event } from "../../../core/event.ts";

export type Listener = (events: readonly Event[]) => void;

/** One look at the growing log for all pages that are open; nobody looks while none is. */
export type Follower = {
  /** Resolves once nothing written from now on is missed; what it resolves to ends the calls. */
  subscribe(listener: Listener): Promise<() => void>;
  close(): void;
};

type Following = { controller: AbortController; ready: Promise<void> };

const retryMs = 1000;

export function createFollower(folder: string): Follower {
  const listeners = new Set<Listener>();
  let following: Following | undefined;

  async function follow(signal: AbortSignal, onReady: () => void): Promise<void> {
    while (!signal.aborted) {
      try {
        for await (const events of followEvents({ folder, signal, backlog: 0 })) {
          if (signal.aborted) return;
          onReady();
          if (events.length > 0) for (const listener of listeners) listener(events);
        }
      } catch {
        // A log that cannot be read: the page itself says so.
        onReady();
        await pause(retryMs, undefined, { ref: false });
      }
    }
  }

  function start(): Following {
    const controller = new AbortController();
    const ready = new Promise<void>((resolve) => void follow(controller.signal, resolve));
    return { controller, ready };
  }

  function close(): void {
    following?.controller.abort();
    following = undefined;
  }

  async function subscribe(listener: Listener): Promise<() => void> {
    listeners.add(listener);
    following ??= start();
    await following.ready;
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) close();
    };
  }

  return { subscribe, close };
}
