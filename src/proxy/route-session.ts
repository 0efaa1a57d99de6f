import type { OpenRequests, PinKind } from "../core/memory.ts";
import type { Direction } from "../core/message.ts";
import type { Session } from "../core/session.ts";
import { detectorGate } from "../detectors/gate.ts";
import type { Arrival } from "../engine/guard.ts";
import type { Outcome } from "../engine/outcome.ts";
import { failedOpenOrClosed } from "../session/failed.ts";
import type { GuardedSession } from "../session/guarded-session.ts";
import { sessionEvent } from "../session/session-event.ts";

/** What is to be done with a message now, and what becomes of what is held of it once a person decided. */
export type Judgement = { outcome: Outcome; released: Promise<Outcome[]> | undefined };

/** One judgement, for the metrics. */
export type Judged = { session: Session; direction: Direction; outcome: Outcome; seconds: number };

/** As many open requests as the engine remembers of a session. */
const MAX_ADOPTED = 10_000;
/** Kinds of unread bodies that are told of. */
const MAX_UNREAD = 20;

/** One conversation with an upstream: an MCP session, or a caller without one. */
export class RouteSession {
  readonly #session: GuardedSession;
  readonly #onJudged: (judged: Judged) => void;
  readonly #unread = new Set<string>();
  /** Open streams to the client; each sends the notice under its own subscription. */
  readonly listeners = new Set<(kind: PinKind) => void>();
  /** Where answers go that do not fit into the exchange they belong to: the stream of HTTP+SSE. */
  toClient: ((message: Uint8Array) => void) | undefined;
  /** Of HTTP+SSE: the path below the mount that its stream named to post to. */
  postsTo: string | undefined;
  /** Milliseconds since 1970. */
  lastUsed = Date.now();

  constructor(session: GuardedSession, what: string, onJudged: (judged: Judged) => void) {
    this.#session = session;
    this.#onJudged = onJudged;
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

  /**
   * Lets the engine look and writes down what it says. Requests and answers meet in `pending`, else in
   * the session's own table; `textMatters` is what the gate said where it was asked before. Never throws.
   */
  judge(direction: Direction, bytes: Uint8Array, pending?: OpenRequests, textMatters?: boolean): Judgement {
    this.lastUsed = Date.now();
    const started = performance.now();
    const outcome = this.#inspect(direction, bytes, pending, textMatters);
    const seconds = (performance.now() - started) / 1000;
    this.#onJudged({ session: this.facts, direction, outcome, seconds });
    if (outcome.held.length === 0) {
      this.#session.record(outcome, () => {});
      return { outcome, released: undefined };
    }
    const waiting = new Map<string, (released: Outcome) => void>();
    const released = outcome.held.map(
      ({ pendingId }) => new Promise<Outcome>((resolve) => waiting.set(pendingId, resolve)),
    );
    this.#session.record(outcome, (later, { pendingId }) => waiting.get(pendingId)?.(later));
    return { outcome, released: Promise.all(released) };
  }

  settle(id: string, decision: "approve" | "deny"): void {
    this.#session.room.settle(id, decision);
  }

  /** Nobody waits any more for what this outcome holds. */
  abandon({ held }: Outcome): void {
    for (const { pendingId } of held) this.#session.room.abandon(pendingId);
  }

  /** A table for one exchange: answers are looked for there first, and the server's requests are everybody's. */
  newExchangeTable(): OpenRequests {
    return { fromClient: new Map(), fromServer: this.guard.openRequests.fromServer };
  }

  /** Takes over the requests of an exchange that ended without their answers. */
  adopt({ fromClient }: OpenRequests): void {
    const own = this.guard.openRequests.fromClient;
    for (const [key, requests] of fromClient) {
      if (own.size >= MAX_ADOPTED) own.delete(own.keys().next().value ?? "");
      own.set(key, requests);
    }
  }

  listChanged(kind: PinKind): void {
    for (const listener of this.listeners) listener(kind);
  }

  /** Notes once for each type of body that nobody looked into it. */
  passedUnread(contentType: string): void {
    const type = contentType.split(";", 1)[0]?.trim().toLowerCase().slice(0, 100) || "without a type";
    if (this.#unread.has(type) || this.#unread.size >= MAX_UNREAD) return;
    this.#unread.add(type);
    this.#session.recorder.note(sessionEvent("protocol_oddity", `A body passed unread: ${type}`, { type }));
  }

  close(): void {
    this.#session.recorder.note(sessionEvent("session_end", `A conversation with ${this.facts.server} ended`, {}));
    this.#session.close();
  }

  #inspect(
    direction: Direction,
    bytes: Uint8Array,
    pending: OpenRequests | undefined,
    gateSays: boolean | undefined,
  ): Outcome {
    const { guard } = this.#session;
    try {
      const textMatters = gateSays ?? detectorGate().isOpen(bytes);
      const arrival: Arrival = { direction, bytes, now: Date.now(), textMatters };
      if (pending !== undefined) arrival.pending = pending;
      return guard.inspect(arrival);
    } catch (error) {
      return failedOpenOrClosed(guard, direction, bytes, error);
    }
  }
}
