import { valueAt, type JsonValue } from "../../core/json.ts";
import type { OpenRequests } from "../../core/memory.ts";
import type { RequestId } from "../../core/message.ts";
import { INTERNAL_ERROR, rpcError } from "../exchange/rpc-error.ts";
import type { Heading } from "./heading.ts";
import type { Peer } from "./peer.ts";
import { replaceAt, textAt } from "./replace-at.ts";

/** Where a call's messages go. */
export type CallSink = {
  /** True while the client listens. */
  readonly isLive: boolean;
  relate(call: Call, message: Uint8Array): void;
  /** `status` is that of the HTTP response, where it has not begun. */
  answer(call: Call, message: Uint8Array, status?: number): void;
  /** No answer will come. */
  release(call: Call): void;
};

export type CallFacts = {
  peer: Peer;
  sink: CallSink;
  bytes: Uint8Array;
  heading: Extract<Heading, { kind: "request" }>;
  pending: OpenRequests | undefined;
};

const METHOD_NOT_FOUND = -32_601;
export const SUBSCRIPTION = "io.modelcontextprotocol/subscriptionId";
const TOKEN = ["params", "_meta", "progressToken"];
const places = { progress: ["params", "progressToken"], subscription: ["params", "_meta", SUBSCRIPTION] };

/** A client's request that waits for the server's answer. */
export class Call {
  readonly peer: Peer;
  readonly sink: CallSink;
  readonly id: RequestId;
  /** As the client wrote it. */
  readonly idText: string;
  readonly method: string;
  readonly params: JsonValue | undefined;
  /** Where the guard matches its answer; undefined for the session's own table. */
  readonly pending: OpenRequests | undefined;
  readonly tokenText: string | undefined;
  /** What the server knows it by, as id and as progress token, where that is not what the client wrote. */
  alias: number | undefined;
  /** The server's silence, in milliseconds, is measured with it. */
  timer: NodeJS.Timeout | undefined;
  isOpen = true;

  constructor({ peer, sink, bytes, heading, pending }: CallFacts) {
    this.peer = peer;
    this.sink = sink;
    this.id = heading.id;
    this.idText = textAt(bytes, ["id"]) ?? "null";
    this.method = heading.method;
    this.params = valueAt(heading.value, "params");
    this.pending = pending;
    this.tokenText = textAt(bytes, TOKEN);
  }

  /** The request as the server gets it. */
  aliased(bytes: Uint8Array): Uint8Array {
    if (this.alias === undefined) return bytes;
    const alias = String(this.alias);
    return replaceAt(replaceAt(bytes, ["id"], alias), TOKEN, alias);
  }

  /** An answer, or a message that names the call by token or subscription, as the client knows it. */
  restored(bytes: Uint8Array, place: "id" | keyof typeof places): Uint8Array {
    if (this.alias === undefined) return bytes;
    if (place === "progress") return replaceAt(bytes, places.progress, this.tokenText ?? "null");
    if (place === "subscription") return replaceAt(bytes, places.subscription, this.idText);
    const own = replaceAt(bytes, ["id"], this.idText);
    return this.method === "subscriptions/listen"
      ? replaceAt(own, ["result", "_meta", SUBSCRIPTION], this.idText)
      : own;
  }

  relate(message: Uint8Array): void {
    this.timer?.refresh();
    if (this.isOpen) this.sink.relate(this, message);
  }

  answer(message: Uint8Array, status?: number): void {
    if (this.#settle()) this.sink.answer(this, message, status);
  }

  /** The server will not answer. To a client that asks which revisions it speaks, that means an early one. */
  fail(why: string, status: number): void {
    if (this.method === "server/discover") return this.answer(rpcError(this.idText, METHOD_NOT_FOUND, why), 404);
    this.answer(rpcError(this.idText, INTERNAL_ERROR, why), status);
  }

  /** Nobody waits for an answer. */
  release(): void {
    if (this.#settle()) this.sink.release(this);
  }

  #settle(): boolean {
    clearTimeout(this.timer);
    const wasOpen = this.isOpen;
    this.isOpen = false;
    return wasOpen;
  }
}
