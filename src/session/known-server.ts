import type { EventDraft } from "../core/event.ts";
import type { ServerMemory } from "../core/memory.ts";
import { newServerMemory } from "../engine/memory.ts";
import { recallServer } from "./follow-pins.ts";
import { sessionEvent } from "./session-event.ts";

/** A server as earlier sessions knew it, and where that is kept. */
export type KnownServer = {
  home: string;
  pinSet: string;
  memory: ServerMemory;
  /** Ids of the decisions that are taken in already. */
  applied: ReadonlySet<string>;
  /** What could not be read, for the log: without its pins a session takes what it sees for what it has always been. */
  losses: readonly EventDraft[];
};

export function knownServer(home: string, pinSet: string, onError: (error: unknown) => void): KnownServer {
  const memory = newServerMemory();
  const losses: EventDraft[] = [];
  const applied = recallServer(memory, home, pinSet, (error) => {
    onError(error);
    losses.push(lostMemory(error));
  });
  return { home, pinSet, memory, applied, losses };
}

function lostMemory(error: unknown): EventDraft {
  const what = error instanceof Error ? error.message : String(error);
  return {
    ...sessionEvent("guard_error", `What earlier sessions pinned or decided is lost: ${what}`, {}),
    severity: "high",
  };
}
