import type { Guard } from "../engine/guard.ts";
import type { Held, Outcome } from "../engine/outcome.ts";
import { removePending } from "../state/pending.ts";

type Waiting = { held: Held; onReleased: (outcome: Outcome) => void; timer: NodeJS.Timeout };

/** Messages kept back until a person decides; after the time limit they are refused. */
export class HoldingRoom {
  readonly #waiting = new Map<string, Waiting>();
  readonly #guard: Guard;
  readonly #home: string;

  constructor(guard: Guard, home: string) {
    this.#guard = guard;
    this.#home = home;
  }

  admit(held: Held, onReleased: (outcome: Outcome) => void): void {
    const timer = setTimeout(() => this.#expire(held.pendingId), this.#guard.policy.holdTimeout * 1000);
    this.#waiting.set(held.pendingId, { held, onReleased, timer });
  }

  /** Releases the message that waits under this id, if one does. */
  settle(id: string, decision: "approve" | "deny"): void {
    const waiting = this.#waiting.get(id);
    if (waiting === undefined) return;
    this.#waiting.delete(id);
    clearTimeout(waiting.timer);
    waiting.onReleased(this.#guard.release(waiting.held, decision, Date.now()));
  }

  #expire(id: string): void {
    removePending(this.#home, id);
    this.settle(id, "deny");
  }
}
