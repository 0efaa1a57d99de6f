import { errorCode } from "../../core/errors.ts";
import { upstreamError } from "../exchange/upstream-error.ts";
import type { RouteSession } from "../route-session.ts";
import type { Boards } from "./boards.ts";
import type { Context } from "./context.ts";
import { SseSession } from "./sse-session.ts";
import { StatelessCaller } from "./stateless-caller.ts";
import { StreamableSession } from "./streamable-session.ts";
import type { Switchboard } from "./switchboard.ts";

/** Why somebody cannot be served now. */
export type Unavailable = { why: "full" | "cannot start" };

type Joined<T> = T | Unavailable;
type Make<T> = (session: RouteSession, board: Switchboard, onEnd: (from: Map<string, T>, key: string) => void) => T;

/** Everybody who talks with the server: sessions, and callers without one. */
export class Peers {
  readonly sessions = new Map<string, StreamableSession>();
  readonly sseSessions = new Map<string, SseSession>();
  readonly callers = new Map<string, StatelessCaller>();
  readonly #context: Context;
  readonly #boards: Boards;
  /** Callers whose process is starting. */
  readonly #joining = new Map<string, Promise<Joined<StatelessCaller>>>();
  #starting = 0;
  #isClosed = false;

  constructor(context: Context, boards: Boards) {
    this.#context = context;
    this.#boards = boards;
  }

  async openSession(): Promise<Joined<StreamableSession>> {
    return this.#join<StreamableSession>("session", (session, board, onEnd) => {
      const made = new StreamableSession({
        ...this.#context,
        session,
        board,
        onEnd: () => onEnd(this.sessions, made.id),
      });
      this.sessions.set(made.id, made);
      return made;
    });
  }

  async openSseSession(): Promise<Joined<SseSession>> {
    return this.#join<SseSession>("session", (session, board, onEnd) => {
      const made = new SseSession({ session, board, onEnd: () => onEnd(this.sseSessions, made.id) });
      this.sseSessions.set(made.id, made);
      return made;
    });
  }

  /** The requests of one API key or address share a process. */
  async caller(name: string): Promise<Joined<StatelessCaller>> {
    const known = this.callers.get(name) ?? this.#joining.get(name);
    if (known !== undefined) return known;
    const joining = this.#join<StatelessCaller>("caller", (session, board, onEnd) => {
      const onOwnEnd = (): void => onEnd(this.callers, name);
      const onEarly = (): void => this.#boards.noteEarly(board);
      const made = new StatelessCaller({ ...this.#context, session, board, onEarly, onEnd: onOwnEnd });
      this.callers.set(name, made);
      return made;
    });
    this.#joining.set(name, joining);
    const joined = await joining;
    this.#joining.delete(name);
    return joined;
  }

  /** Ends who has not been heard of since this time, in milliseconds since 1970. */
  endIdle(since: number): void {
    for (const peer of [...this.sessions.values(), ...this.callers.values()])
      if ((peer.idleSince ?? since) < since) void peer.end();
    this.#boards.endUnused(since);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const all = [...this.sessions.values(), ...this.sseSessions.values(), ...this.callers.values()];
    await Promise.all(all.map((peer) => peer.end()));
  }

  async #join<T>(whose: "session" | "caller", make: Make<T>): Promise<Joined<T>> {
    if (!this.#hasRoom()) return { why: "full" };
    const { route } = this.#context;
    const session = route.openSession("mcp", "stdio");
    this.#starting++;
    try {
      const board = await this.#boards.open(whose);
      return make(session, board, (from, key) => {
        from.delete(key);
        route.closeSession(session);
      });
    } catch (error) {
      const cause = error instanceof Error ? error : undefined;
      const what = `cannot be started: ${errorCode(error)}`;
      session.recorder.note(upstreamError(route.upstream.name, what, undefined, cause));
      route.closeSession(session);
      return { why: "cannot start" };
    } finally {
      this.#starting--;
    }
  }

  /** Callers without a session lose nothing when their process ends between two requests. */
  #hasRoom(): boolean {
    if (this.#isClosed) return false;
    const count = this.sessions.size + this.sseSessions.size + this.callers.size + this.#starting;
    if (count < this.#context.limits.peers) return true;
    const unused = [...this.callers.values()].filter(({ idleSince }) => idleSince !== undefined);
    const [longest] = unused.sort((one, other) => (one.idleSince ?? 0) - (other.idleSince ?? 0));
    void longest?.end();
    return longest !== undefined;
  }
}
