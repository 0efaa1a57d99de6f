import type { Guard } from "../engine/guard.ts";
import type { Cancellation, Held, Outcome } from "../engine/outcome.ts";
import { removePending } from "../state/pending.ts";

type Waiting = { held: Held; onReleased: (outcome: Outcome) => void; timer: NodeJS.Timeout };

/** Messages kept back until a person decides; after the time limit they are refused. */
export class HoldingRoom {
  readonly #waiting = new Map<string, Waiting>();
  readonly #guard: Guard;
  readonly #home: string;
  readonly #onError: (error: unknown) => void;

  constructor(guard: Guard, home: string, onError: (error: unknown) => void) {
    this.#guard = guard;
    this.#home = home;
    this.#onError = onError;
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

  /** Drops the message that its sender has cancelled: nobody waits for an answer. */
  withdraw({ direction, id }: Cancellation): void {
    for (const [pendingId, { held }] of this.#waiting) {
      if (held.direction === direction && held.message.id === id) this.#drop(pendingId);
    }
  }

  /** Drops what waits under this id: nobody waits for it any more. */
  abandon(id: string): void {
    if (this.#waiting.has(id)) this.#drop(id);
  }

  /** The session has ended, and with it all that waited. */
  close(): void {
    for (const id of this.#waiting.keys()) this.#drop(id);
  }

  #drop(id: string): void {
    clearTimeout(this.#waiting.get(id)?.timer);
    this.#waiting.delete(id);
    this.#unlist(id);
  }

  #expire(id: string): void {
    this.#unlist(id);
    this.settle(id, "deny");
  }

  #unlist(id: string): void {
    try {
      removePending(this.#home, id);
    } catch (error) {
      this.#onError(error);
    }
  }
}
