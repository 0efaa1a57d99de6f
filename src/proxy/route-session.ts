import type { OpenRequests, PinKind } from "../core/memory.ts";
import type { Direction } from "../core/message.ts";
import type { Session } from "../core/session.ts";
import { detectorGate } from "../detectors/gate.ts";
import type { Outcome } from "../engine/outcome.ts";
import { failedOpenOrClosed } from "../session/failed.ts";
import type { GuardedSession } from "../session/guarded-session.ts";
import { sessionEvent } from "../session/session-event.ts";

/** What is to be done with a message now, and what becomes of it once a person decided where it is held. */
export type Judgement = { outcome: Outcome; released: Promise<Outcome> | undefined };

/** One conversation with an upstream: an MCP session, or a caller without one. */
export class RouteSession {
  readonly #session: GuardedSession;
  /** Open streams to the client; each sends the notice under its own subscription. */
  readonly listeners = new Set<(kind: PinKind) => void>();
  lastUsed = 0;

  constructor(session: GuardedSession, what: string) {
    this.#session = session;
    session.recorder.note(sessionEvent("session_start", what, {}));
  }

  get facts(): Session {
    return this.#session.guard.session;
  }

  get guard(): GuardedSession["guard"] {
    return this.#session.guard;
  }

  get recorder(): GuardedSession["recorder"] {
    return this.#session.recorder;
  }

  /** Lets the engine look and writes down what it says. Never throws. */
  judge(direction: Direction, bytes: Uint8Array, pending?: OpenRequests): Judgement {
    const outcome = this.#inspect(direction, bytes, pending);
    if (outcome.held.length === 0) {
      this.#session.record(outcome, () => {});
      return { outcome, released: undefined };
    }
    const released = new Promise<Outcome>((resolve) => {
      this.#session.record(outcome, (later) => resolve(later));
    });
    return { outcome, released };
  }

  settle(id: string, decision: "approve" | "deny"): void {
    this.#session.room.settle(id, decision);
  }

  listChanged(kind: PinKind): void {
    for (const listener of this.listeners) listener(kind);
  }

  close(): void {
    this.#session.recorder.note(sessionEvent("session_end", `${this.facts.server} session ended`, {}));
    this.#session.close();
  }

  #inspect(direction: Direction, bytes: Uint8Array, pending: OpenRequests | undefined): Outcome {
    const { guard } = this.#session;
    try {
      const textMatters = detectorGate().isOpen(bytes);
      const arrival = { direction, bytes, now: Date.now(), textMatters };
      return guard.inspect(pending === undefined ? arrival : { ...arrival, pending });
    } catch (error) {
      return failedOpenOrClosed(guard, direction, bytes, error);
    }
  }
}
