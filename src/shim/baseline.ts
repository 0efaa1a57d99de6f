import type { Decision, PendingItem } from "../core/pending.ts";
import type { Definition, Memory } from "../core/memory.ts";
import type { Guard } from "../engine/guard.ts";
import { readDecisions } from "../state/decisions.ts";
import { followDecisions } from "../state/follow-decisions.ts";
import { listPending } from "../state/pending.ts";
import { readPins } from "../state/pins.ts";
import type { HoldingRoom } from "./holding-room.ts";
import { listChanged } from "./list-changed.ts";

const LOOK_EVERY = 500;

/** Gives the guard what earlier sessions pinned and hid, and people decided; returns the ids of these decisions. */
export function applyPins(
  guard: Guard,
  home: string,
  pinSet: string,
  onError: (error: unknown) => void,
): ReadonlySet<string> {
  const applied = new Set<string>();
  const { baseline, hidden } = guard.memory;
  attempt(onError, () => {
    for (const decision of readDecisions(home, pinSet)) {
      applied.add(decision.id);
      const definition = definitionOf(decision);
      if (definition === undefined) continue;
      guard.decide(definition, decision.decision);
      if (decision.decision === "deny") hide(hidden, decision.item);
      else if (definition.kind === "tool") hidden.delete(definition.name);
    }
  });
  attempt(onError, () => {
    for (const [key, form] of readPins(home, pinSet)) baseline.pinned.set(key, form);
  });
  attempt(onError, () => {
    for (const item of listPending(home)) if (item.pinSet === pinSet) hide(hidden, item);
  });
  return applied;
}

/** Until the server's list shows that it is again what it was: a client need not ask for the list first. */
function hide(hidden: Memory["hidden"], { kind, name, after, findings }: PendingItem): void {
  if (kind === "tool") hidden.set(name, { form: after, because: findings[0]?.because ?? "" });
}

function attempt(onError: (error: unknown) => void, run: () => void): void {
  try {
    run();
  } catch (error) {
    onError(error);
  }
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
