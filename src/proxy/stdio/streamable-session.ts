import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { isObject, stringAt, valueAt } from "../../core/json.ts";
import type { PinKind } from "../../core/memory.ts";
import { parse, textOf } from "../../engine/read-message.ts";
import { listChangedNotice } from "../../session/list-changed.ts";
import { INTERNAL_ERROR, rpcError } from "../exchange/rpc-error.ts";
import type { RouteSession } from "../route-session.ts";
import type { Call } from "./call.ts";
import { Channels } from "./channels.ts";
import type { Context } from "./context.ts";
import { callsOf, deliverCall, deliverOther } from "./deliver.ts";
import { EventStream } from "./event-stream.ts";
import type { Heading } from "./heading.ts";
import type { Member } from "./members.ts";
import type { Peer } from "./peer.ts";
import { Post } from "./post.ts";
import { accept, refuse } from "./reply.ts";
import { textAt } from "./replace-at.ts";
import { showLimits } from "./show-limits.ts";
import type { Switchboard } from "./switchboard.ts";

export type SessionOptions = Context & { session: RouteSession; board: Switchboard; onEnd(): void };

/** Earlier clients do not expect a stream to begin with an event without data. */
const PRIMED_SINCE = "2025-11-25";

/** A session of Streamable HTTP, as the revisions 2025-03-26 to 2025-11-25 have it. */
export class StreamableSession implements Peer {
  readonly id = randomUUID();
  readonly session: RouteSession;
  readonly takesRequests = true;
  readonly held: Peer["held"] = new Map();
  readonly #options: SessionOptions;
  readonly #channels: Channels;
  readonly #posts = new Set<Post>();
  /** The revision that client and server agreed on, once they did. */
  #version: string | undefined;
  #isWelcome = false;
  #isEnded = false;
  #lastSeen = Date.now();

  constructor(options: SessionOptions) {
    this.#options = options;
    this.session = options.session;
    this.#channels = new Channels(options.limits);
    this.session.listeners.add(this.#listChanged);
    options.board.peers.add(this);
  }

  get isReceptive(): boolean {
    return this.#options.board.isReceptive;
  }

  /** Milliseconds since 1970 of the last sign of its client; undefined while one is connected. */
  get idleSince(): number | undefined {
    const isConnected = this.#channels.areOpen || [...this.#posts].some(({ isLive }) => isLive);
    return isConnected ? undefined : this.#lastSeen;
  }

  post(response: ServerResponse, members: readonly Member[], isBatch: boolean): void {
    this.#lastSeen = Date.now();
    const { board, rateLimitStatus } = this.#options;
    const post = this.#newPost(response, isBatch);
    const calls = callsOf(this, post, members, false);
    for (const { call } of calls) post.open(call);
    if (calls.length > 0) this.#posts.add(post);
    for (const member of members) {
      const outgoing = calls.find((each) => each.member === member);
      if (outgoing === undefined) deliverOther(board, this, member);
      else deliverCall(board, outgoing, (outcome) => showLimits(post, outgoing.call, outcome, rateLimitStatus));
    }
    if (calls.length === 0) accept(response, this.#headers);
  }

  /** Opens the stream for what belongs to no request, or goes on with one that broke off. */
  get(request: IncomingMessage, response: ServerResponse): void {
    this.#lastSeen = Date.now();
    const last = request.headers["last-event-id"];
    const { standalone } = this.#channels;
    if (typeof last === "string") return this.#resume(last, response);
    if (!standalone.isOpen) return standalone.begin(this.#newStream(response, true), false);
    refuse(response, { status: 409, code: -32_000, message: "Conflict: this session's stream is open already." });
  }

  receive(message: Uint8Array, heading: Heading, about: Call | undefined): void {
    const isRequest = heading.kind === "request";
    const isRelated = isRequest || (heading.kind === "notification" && heading.method === "notifications/message");
    const { standalone } = this.#channels;
    const canRelate = about !== undefined && about.isOpen && about.sink.isLive;
    if (canRelate && (isRelated || !standalone.isOpen)) return about.relate(message);
    standalone.send(message, isRequest ? () => this.#answerInstead(message) : undefined);
  }

  serverEnded(): void {
    this.#close();
  }

  /** Resolves when the process has ended, where it was this session's own. */
  async end(): Promise<void> {
    if (this.#isEnded) return;
    for (const post of this.#posts) for (const call of post.openCalls) call.fail("The session has ended.", 404);
    this.#close();
    await this.#options.board.leave(this);
  }

  #close(): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.session.listeners.delete(this.#listChanged);
    this.#channels.end();
    this.#options.onEnd();
  }

  get #headers(): Record<string, string> {
    return { "mcp-session-id": this.id };
  }

  #newPost(response: ServerResponse, isBatch: boolean): Post {
    const post: Post = new Post({
      response,
      isBatch,
      keepAlive: this.#options.limits.keepAlive,
      headers: () => (this.#version === undefined ? {} : this.#headers),
      openStream: () => this.#channels.open(this.#newStream(response, false), (this.#version ?? "") >= PRIMED_SINCE),
      statusOf: () => 200,
      onAnswer: (call, message) => this.#onAnswer(call, message),
      // Up to 2025-11-25 a client that goes away may come back.
      onGone: () => (this.#lastSeen = Date.now()),
      onDone: (isDelivered) => this.#onDone(post, isDelivered),
    });
    return post;
  }

  #onAnswer({ method }: Call, message: Uint8Array): void {
    if (method !== "initialize") return;
    const result = valueAt(parse(textOf(message)), "result");
    if (isObject(result)) this.#version = stringAt(result, "protocolVersion") ?? "";
  }

  /** A session that nobody knows of would keep its process for long. */
  #onDone(post: Post, isDelivered: boolean): void {
    this.#posts.delete(post);
    this.#lastSeen = Date.now();
    this.#isWelcome ||= isDelivered && this.#version !== undefined;
    if (!this.#isWelcome) void this.end();
  }

  #newStream(response: ServerResponse, isLasting: boolean): EventStream {
    const { board, limits, slots } = this.#options;
    if (isLasting) slots.take(response);
    response.once("close", () => (this.#lastSeen = Date.now()));
    return new EventStream({ response, headers: this.#headers, flow: board.flow, keepAlive: limits.keepAlive });
  }

  #resume(last: string, response: ServerResponse): void {
    const found = this.#channels.find(last);
    if (found === undefined)
      return refuse(response, {
        status: 400,
        code: -32_000,
        message: "Bad Request: the event cannot be gone on from.",
      });
    const { channel, missed } = found;
    if (!channel.isEnded || missed.some(({ message }) => message !== undefined))
      return channel.resume(this.#newStream(response, true), missed);
    // Event streams end for good with 204.
    response.writeHead(204, this.#headers).end();
  }

  /** Nobody came to take the request. */
  #answerInstead(request: Uint8Array): void {
    this.#options.board.write(
      rpcError(textAt(request, ["id"]) ?? "null", INTERNAL_ERROR, "No client took the request."),
    );
  }

  readonly #listChanged = (kind: PinKind): void => {
    const notice = listChangedNotice(kind, undefined);
    if (notice !== undefined && this.session.guard.memory.initialized) this.#channels.standalone.send(notice);
  };
}
