import type { AuditLog } from "../audit/write.ts";
import type { EventDraft } from "../core/event.ts";
import type { PinKind } from "../core/memory.ts";
import type { Protocol, Transport } from "../core/session.ts";
import { followPins } from "../session/follow-pins.ts";
import { GuardedSession } from "../session/guarded-session.ts";
import { knownServer, type KnownServer } from "../session/known-server.ts";
import { warnOnce } from "../session/warn-once.ts";
import { pinSetKey } from "../state/pin-set-key.ts";
import type { PolicySource, UpstreamOptions } from "./proxy-options.ts";
import { RouteSession, type Judged } from "./route-session.ts";

export type RouteOptions = {
  upstream: UpstreamOptions;
  home: string;
  log: AuditLog;
  policies: PolicySource;
  /** Told what was judged, for the metrics. */
  onJudged(judged: Judged): void;
};

/** Behind the proxy nobody is told apart by name: pins are kept by route and upstream only. */
const CLIENT = "proxy";

/** One upstream behind the proxy: what is known of it, and the sessions that talk to it. */
export class Route {
  readonly upstream: UpstreamOptions;
  readonly server: KnownServer;
  readonly sessions = new Set<RouteSession>();
  readonly #options: RouteOptions;
  /** What happens to the route while nobody talks to it is written down under a session of its own. */
  readonly #own: RouteSession;
  readonly #stopFollowing: () => void;

  constructor(options: RouteOptions) {
    const { upstream, home } = options;
    this.#options = options;
    this.upstream = upstream;
    const target =
      "target" in upstream.server ? { url: upstream.server.target.href } : { command: upstream.server.command };
    this.server = knownServer(home, pinSetKey({ client: CLIENT, server: upstream.name, ...target }), warnOnce);
    this.#stopFollowing = followPins({
      ...this.server,
      server: this.server.memory,
      settle: (id, decision) => {
        for (const session of this.sessions) session.settle(id, decision);
      },
      onListChanged: (kind) => this.#listChanged(kind),
    });
    const transport = "target" in upstream.server ? "http" : "stdio";
    this.#own = this.#newSession(upstream.protocol ?? "mcp", transport, `${upstream.name} stands behind the proxy`);
  }

  /** `transport` is how the server is reached. */
  openSession(protocol: Protocol, transport: Transport): RouteSession {
    const session = this.#newSession(protocol, transport, `A client began to talk to ${this.upstream.name}`);
    this.sessions.add(session);
    return session;
  }

  #newSession(protocol: Protocol, transport: Transport, what: string): RouteSession {
    const { upstream, log, policies, onJudged } = this.#options;
    const guarded = new GuardedSession({
      session: { client: CLIENT, server: upstream.name, protocol, transport },
      server: this.server,
      policy: policies.policyFor(upstream.name),
      log,
      onError: warnOnce,
    });
    return new RouteSession(guarded, what, onJudged);
  }

  closeSession(session: RouteSession): void {
    if (this.sessions.delete(session)) session.close();
  }

  /** Gives running sessions the rules of the moment; clients ask for lists again, which may now be others. */
  applyPolicy(): void {
    const policy = this.#options.policies.policyFor(this.upstream.name);
    for (const session of this.sessions) session.guard.policy = policy;
    this.#listChanged("tool");
    this.#listChanged("prompt");
  }

  /** Event streams to clients. */
  get openStreams(): number {
    let streams = 0;
    for (const { listeners } of this.sessions) streams += listeners.size;
    return streams;
  }

  /** An event about the route itself. */
  note(draft: EventDraft): void {
    this.#own.recorder.note(draft);
  }

  close(): void {
    this.#stopFollowing();
    for (const session of this.sessions) this.closeSession(session);
    this.#own.close();
  }

  #listChanged(kind: PinKind): void {
    for (const session of this.sessions) session.listChanged(kind);
  }
}
