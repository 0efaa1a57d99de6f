import type { Decision } from "../core/pending.ts";
import type { Definition } from "../core/memory.ts";
import type { Guard } from "../engine/guard.ts";
import { readDecisions } from "../state/decisions.ts";
import { followDecisions } from "../state/follow-decisions.ts";
import { readPins } from "../state/pins.ts";
import type { HoldingRoom } from "./holding-room.ts";
import { listChanged } from "./list-changed.ts";

const LOOK_EVERY = 500;

/** Gives the guard what earlier sessions pinned and people decided; returns the ids of these decisions. */
export function applyPins(
  guard: Guard,
  home: string,
  pinSet: string,
  onError: (error: unknown) => void,
): ReadonlySet<string> {
  const applied = new Set<string>();
  try {
    for (const decision of readDecisions(home, pinSet)) {
      applied.add(decision.id);
      const definition = definitionOf(decision);
      if (definition !== undefined) guard.decide(definition, decision.decision);
    }
    for (const [key, form] of readPins(home, pinSet)) guard.memory.baseline.pinned.set(key, form);
  } catch (error) {
    onError(error);
  }
  return applied;
}

export type Follower = {
  guard: Guard;
  home: string;
  pinSet: string;
  /** Ids of decisions that are taken in already. */
  applied: ReadonlySet<string>;
  room: HoldingRoom;
  toClient(bytes: Buffer): void;
};

/** Takes in decisions as people make them, and tells the client to ask for its lists again. */
export function followPins({ guard, home, pinSet, applied, room, toClient }: Follower): void {
  followDecisions(
    home,
    pinSet,
    (decision) => {
      room.settle(decision.id, decision.decision);
      const definition = definitionOf(decision);
      if (definition === undefined || !guard.decide(definition, decision.decision)) return;
      for (const notification of listChanged(guard.memory, definition.kind)) toClient(notification);
    },
    LOOK_EVERY,
    applied,
  );
}

function definitionOf({ item }: Decision): Definition | undefined {
  return item.kind === "call" ? undefined : { kind: item.kind, name: item.name, form: item.after };
}
