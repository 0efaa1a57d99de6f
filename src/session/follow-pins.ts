import type { Decision, PendingItem } from "../core/pending.ts";
import type { Definition, PinKind, ServerMemory } from "../core/memory.ts";
import { takeDecision } from "../engine/pins.ts";
import { readDecisions } from "../state/decisions.ts";
import { followDecisions } from "../state/follow-decisions.ts";
import { listPending } from "../state/pending.ts";
import { readPins } from "../state/pins.ts";

const LOOK_EVERY = 500;

/** Fills in what earlier sessions pinned and hid, and people decided; returns the ids of these decisions. */
export function recallServer(
  server: ServerMemory,
  home: string,
  pinSet: string,
  onError: (error: unknown) => void,
): ReadonlySet<string> {
  const applied = new Set<string>();
  const { baseline, hidden } = server;
  attempt(onError, () => {
    for (const decision of readDecisions(home, pinSet)) {
      applied.add(decision.id);
      const definition = definitionOf(decision);
      if (definition === undefined) continue;
      takeDecision(server, definition, decision.decision);
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
function hide(hidden: ServerMemory["hidden"], { kind, name, after, findings }: PendingItem): void {
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
  server: ServerMemory;
  home: string;
  pinSet: string;
  /** Ids of decisions that are taken in already. */
  applied: ReadonlySet<string>;
  /** Told about every decision, for what is held under its id. */
  settle(id: string, decision: "approve" | "deny"): void;
  /** Told where clients' lists are no longer those they would get now. */
  onListChanged(kind: PinKind): void;
};

/** Takes in decisions as people make them; returns a function that stops it. */
export function followPins({ server, home, pinSet, applied, settle, onListChanged }: Follower): () => void {
  return followDecisions(
    home,
    pinSet,
    (decision) => {
      settle(decision.id, decision.decision);
      const definition = definitionOf(decision);
      if (definition !== undefined && takeDecision(server, definition, decision.decision))
        onListChanged(definition.kind);
    },
    LOOK_EVERY,
    applied,
  );
}

function definitionOf({ item }: Decision): Definition | undefined {
  return item.kind === "call" ? undefined : { kind: item.kind, name: item.name, form: item.after };
}
