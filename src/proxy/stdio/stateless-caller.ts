import type { ServerResponse } from "node:http";
import { valueAt, type JsonObject, type JsonValue } from "../../core/json.ts";
import type { PinKind } from "../../core/memory.ts";
import { parse, textOf } from "../../engine/read-message.ts";
import { listChangedNotice } from "../../session/list-changed.ts";
import type { RouteSession } from "../route-session.ts";
import type { Call } from "./call.ts";
import type { Context } from "./context.ts";
import { callsOf, deliverCall, deliverOther } from "./deliver.ts";
import { EventStream } from "./event-stream.ts";
import type { Heading } from "./heading.ts";
import type { Member } from "./members.ts";
import { lacksEnvelope, revisionOf } from "./modern.ts";
import type { Peer } from "./peer.ts";
import { Post } from "./post.ts";
import { accept } from "./reply.ts";
import { showLimits } from "./show-limits.ts";
import { statusOf } from "./status-of.ts";
import type { Switchboard } from "./switchboard.ts";

export type StatelessOptions = Context & {
  session: RouteSession;
  board: Switchboard;
  /** The server turned out to speak earlier revisions only. */
  onEarly(): void;
  onEnd(): void;
};

const LOG_LEVEL = "io.modelcontextprotocol/logLevel";
const wanted: Readonly<Partial<Record<PinKind, string>>> = { tool: "toolsListChanged", prompt: "promptsListChanged" };

/** Whoever speaks 2026-07-28, which has no sessions: its requests have nothing in common but the process. */
export class StatelessCaller implements Peer {
  readonly session: RouteSession;
  /** Since 2026-07-28 servers have no requests of their own. */
  readonly takesRequests = false;
  readonly held: Peer["held"] = new Map();
  readonly #options: StatelessOptions;
  readonly #posts = new Set<Post>();
  #isEarly = false;
  /** The revisions that the server named, once it did. */
  #revisions: JsonValue[] | undefined;
  #isEnded = false;
  #lastSeen = Date.now();

  constructor(options: StatelessOptions) {
    this.#options = options;
    this.session = options.session;
    options.board.peers.add(this);
  }

  get isReceptive(): boolean {
    return this.#options.board.isReceptive;
  }

  /** Milliseconds since 1970 of the last request; undefined while one is open. */
  get idleSince(): number | undefined {
    return this.#posts.size > 0 ? undefined : this.#lastSeen;
  }

  post(response: ServerResponse, member: Member): void {
    this.#lastSeen = Date.now();
    const { board, rateLimitStatus } = this.#options;
    const post = this.#newPost(response, valueAt(member.heading?.value, "params"));
    const [outgoing] = callsOf(this, post, [member], true);
    if (outgoing === undefined) {
      // A client cancels by closing the response; ids alone would not tell whose request is meant.
      const { heading } = member;
      if (heading?.kind === "notification" && heading.method !== "notifications/cancelled")
        deliverOther(board, this, member);
      return accept(response);
    }
    this.#posts.add(post);
    post.open(outgoing.call);
    if (outgoing.call.method === "subscriptions/listen") this.#listen(response, post, outgoing.call);
    deliverCall(board, outgoing, (outcome) => showLimits(post, outgoing.call, outcome, rateLimitStatus));
  }

  /** What is wrong with a revision that the server does not speak: a process that speaks one may not look again. */
  unsupported(params: JsonValue | undefined): JsonObject | undefined {
    const requested = revisionOf(params);
    if (requested === undefined || this.#revisions?.includes(requested) !== false) return undefined;
    return { supported: this.#revisions, requested };
  }

  /** Log messages do not say which request they belong to; only some requests ask for any. */
  receive(message: Uint8Array, heading: Heading): void {
    if (heading.kind !== "notification" || heading.method !== "notifications/message") return;
    const asks = ({ peer, params }: Call): boolean =>
      peer === this && valueAt(params, "_meta", LOG_LEVEL) !== undefined;
    this.#options.board.calls.newest(asks)?.relate(message);
  }

  serverEnded(): void {
    this.#close();
  }

  /** Resolves when the process has ended, where it was this caller's own. */
  async end(): Promise<void> {
    if (this.#isEnded) return;
    for (const post of this.#posts) for (const call of post.openCalls) call.fail("The proxy is closing.", 503);
    this.#close();
    await this.#options.board.leave(this);
  }

  #close(): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.#options.onEnd();
  }

  #newPost(response: ServerResponse, params: JsonValue | undefined): Post {
    const { board, limits } = this.#options;
    const post: Post = new Post({
      response,
      isBatch: false,
      keepAlive: limits.keepAlive,
      headers: () => ({}),
      openStream: () => new EventStream({ response, headers: {}, flow: board.flow, keepAlive: limits.keepAlive }),
      statusOf: (answer) => statusOf(answer, params),
      onAnswer: (call, message) => this.#onAnswer(call, message),
      onGone: () => {
        for (const call of post.openCalls) this.#cancel(call);
      },
      onDone: () => this.#onDone(post),
    });
    return post;
  }

  /** Closing the response is how a client cancels its request. */
  #cancel(call: Call): void {
    const outcome = this.held.get(call);
    this.held.delete(call);
    if (outcome === undefined) return this.#options.board.withdraw(call, "The client closed the response");
    this.session.abandon(outcome);
    call.release();
  }

  #onAnswer({ method, params }: Call, message: Uint8Array): void {
    if (method !== "server/discover") return;
    const answer = parse(textOf(message));
    const revisions = valueAt(answer, "result", "supportedVersions");
    if (Array.isArray(revisions)) this.#revisions = revisions;
    this.#isEarly = this.#revisions === undefined && isErrorOfEarly(answer, params);
  }

  /** A server of an earlier revision has no use for a process that belongs to no session. */
  #onDone(post: Post): void {
    this.#posts.delete(post);
    this.#lastSeen = Date.now();
    if (this.#isEarly && this.#posts.size === 0) void this.end().then(this.#options.onEarly);
  }

  #listen(response: ServerResponse, post: Post, { id, params }: Call): void {
    this.#options.slots.take(response);
    if (id === null) return;
    const listener = (kind: PinKind): void => {
      const notice = listChangedNotice(kind, id);
      if (notice !== undefined && isWanted(params, kind)) post.send(notice);
    };
    this.session.listeners.add(listener);
    response.once("close", () => this.session.listeners.delete(listener));
  }
}

/** Servers of these revisions know the method, and only some errors to it. */
function isErrorOfEarly(answer: JsonValue | undefined, params: JsonValue | undefined): boolean {
  const code = valueAt(answer, "error", "code");
  return typeof code === "number" && !lacksEnvelope(params) && (code < -32_099 || code > -32_020);
}

function isWanted(params: JsonValue | undefined, kind: PinKind): boolean {
  return valueAt(params, "notifications", wanted[kind] ?? "") === true;
}
