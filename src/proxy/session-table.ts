import type { Protocol } from "../core/session.ts";
import type { Route } from "./route.ts";
import type { RouteSession } from "./route-session.ts";

/** Milliseconds after which a session that nobody uses is forgotten. */
const IDLE = 30 * 60_000;
/** Beyond, the one unused for longest makes room: its next message opens a new one. */
const MAX_SESSIONS = 10_000;

/** Which conversation a request belongs to: by MCP session id, by HTTP+SSE address, or by caller. */
export class SessionTable {
  readonly #route: Route;
  readonly #byKey = new Map<string, RouteSession>();
  readonly #keysOf = new Map<RouteSession, Set<string>>();
  readonly #timer: NodeJS.Timeout;
  /** True once a stream of HTTP+SSE named an address. */
  hasEndpoints = false;

  constructor(route: Route) {
    this.#route = route;
    this.#timer = setInterval(() => this.#forgetIdle(), 60_000).unref();
  }

  /** An MCP session as the server named it. Whoever sends an id that it never named counts as a caller. */
  ofId(id: string): RouteSession | undefined {
    return this.#byKey.get(`id ${id}`);
  }

  /** Whoever has no session: behind one API key or address all count as one. */
  ofCaller(caller: string, protocol: Protocol): RouteSession {
    const key = `caller ${protocol} ${caller}`;
    return this.#byKey.get(key) ?? this.#add(key, this.open(protocol, "http"));
  }

  /** The session whose HTTP+SSE stream named this address to post to. */
  ofEndpoint(address: string): RouteSession | undefined {
    return this.#byKey.get(`endpoint ${address}`);
  }

  /** A session that no other request can be matched with yet. */
  open(protocol: Protocol, transport: "http" | "sse"): RouteSession {
    return this.#route.openSession(protocol, transport);
  }

  bindId(id: string, session: RouteSession): void {
    const known = this.#byKey.get(`id ${id}`);
    if (known === session) return;
    if (known !== undefined) this.close(known);
    this.#add(`id ${id}`, session);
  }

  bindEndpoint(address: string, session: RouteSession): void {
    this.hasEndpoints = true;
    this.#add(`endpoint ${address}`, session);
  }

  /** True where other requests can be matched with the session. */
  has(session: RouteSession): boolean {
    return this.#keysOf.has(session);
  }

  close(session: RouteSession): void {
    for (const key of this.#keysOf.get(session) ?? []) this.#byKey.delete(key);
    this.#keysOf.delete(session);
    this.#route.closeSession(session);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #add(key: string, session: RouteSession): RouteSession {
    this.#byKey.set(key, session);
    const keys = this.#keysOf.get(session) ?? new Set();
    this.#keysOf.set(session, keys.add(key));
    if (this.#byKey.size > MAX_SESSIONS) this.#makeRoom();
    return session;
  }

  #makeRoom(): void {
    const idle = [...this.#keysOf.keys()].filter(({ listeners }) => listeners.size === 0);
    const [first, ...others] = idle;
    if (first === undefined) return;
    this.close(others.reduce((oldest, each) => (each.lastUsed < oldest.lastUsed ? each : oldest), first));
  }

  #forgetIdle(): void {
    const before = Date.now() - IDLE;
    for (const session of this.#keysOf.keys()) {
      if (session.lastUsed < before && session.listeners.size === 0) this.close(session);
    }
  }
}
