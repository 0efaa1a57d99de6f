import type { Event } from "../core/event.ts";
import type { PendingItem } from "../core/pending.ts";
import type { Choice } from "./model.ts";

/** Where the feed comes from and where decisions go. */
export type Source = {
  /** What the log holds already, the newest `backlog` events of it, and then each event as it is written. */
  events(backlog: number, signal: AbortSignal): AsyncIterable<readonly Event[]>;
  pending(): readonly PendingItem[];
  /** Throws where the item was decided already. */
  decide(id: string, choice: Choice): Promise<void>;
  /** The file that the next event will stand in. */
  watched: string;
};
