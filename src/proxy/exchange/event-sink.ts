import type { PinKind } from "../../core/memory.ts";
import { listChangedNotice } from "../../session/list-changed.ts";
import { stringAt, valueAt } from "../../core/json.ts";
import { decoderOf, isPlain } from "./content-coding.ts";
import { EventReader, type StreamEvent } from "./event-reader.ts";
import type { RouteSession } from "../route-session.ts";
import { judged, type Exchange } from "./exchange.ts";
import { responseHeaders } from "./headers.ts";
import type { LongLine } from "../../session/long-line.ts";
import { newEvent, replaceData } from "./replace-data.ts";
import { INTERNAL_ERROR, requestIds, rpcError } from "./rpc-error.ts";
import type { Head, Sink } from "./upstream.ts";
import { longBody } from "./window-sink.ts";

export type StreamHooks = {
  /** HTTP+SSE names the URL to post to: where the proxy has it, and the session that begins. Undefined where it has not. */
  onEndpoint(url: string): { address: string; session: RouteSession } | undefined;
  onClose(session: RouteSession): void;
};

/** Forwards an event stream event by event, each as soon as it is whole and the guard has looked. */
export class EventSink implements Sink {
  readonly #exchange: Exchange;
  readonly #hooks: StreamHooks;
  readonly #reader: EventReader;
  #decoder: ReturnType<typeof decoderOf>;
  #long: LongLine | undefined;
  #isFirst = true;
  #canResume = false;
  #isClosed = false;

  constructor(exchange: Exchange, head: Head, hooks: StreamHooks) {
    this.#exchange = exchange;
    this.#hooks = hooks;
    this.#reader = new EventReader({
      limit: () => exchange.session.guard.policy.maxInspectSize,
      onEvent: (event) => this.#onEvent(event),
      onLongPart: (part) => (this.#long ??= longBody(exchange, (bytes) => exchange.client.write(bytes))).push(part),
      onLongEnd: () => {
        this.#long?.end();
        this.#long = undefined;
      },
    });
    this.#begin(head);
  }

  onChunk(chunk: Buffer): void {
    if (this.#decoder === undefined) this.#reader.push(chunk);
    else if (!this.#decoder.write(chunk)) this.#exchange.client.flow?.pause();
  }

  onEnd(): void {
    if (this.#decoder === undefined) this.#end();
    else this.#decoder.end();
  }

  /** Clients wait a minute for an answer that will not come, unless they can resume or are told. */
  onFailure(): void {
    const { client, pending, sent } = this.#exchange;
    this.#close();
    if (this.#canResume || pending === undefined || pending.fromClient.size === 0) return client.breakOff();
    for (const id of requestIds(sent)) {
      client.write(newEvent(rpcError(id, INTERNAL_ERROR, "The server went away before it answered.")));
    }
    client.end();
  }

  #begin({ status, statusText, headers }: Head): void {
    const { client, session, response } = this.#exchange;
    const coding = headers["content-encoding"];
    if (coding !== undefined && !isPlain(coding)) this.#decode(coding);
    const kept = responseHeaders(headers, !isPlain(coding));
    delete kept["content-length"];
    client.begin(status, statusText, kept);
    client.flushHead();
    session.listeners.add(this.#listChanged);
    response.once("close", () => this.#close());
  }

  #decode(coding: string): void {
    const { client } = this.#exchange;
    const decoder = decoderOf(coding);
    if (decoder === undefined) return client.breakOff();
    this.#decoder = decoder;
    decoder.on("data", (chunk: Buffer) => this.#reader.push(chunk));
    decoder.on("drain", () => client.flow?.resume());
    decoder.once("end", () => this.#end());
    decoder.once("error", () => this.onFailure());
  }

  #end(): void {
    this.#reader.end();
    const { client, refusals } = this.#exchange;
    for (const refusal of refusals) client.write(newEvent(refusal));
    this.#close();
    client.end();
  }

  #close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    const { session, pending } = this.#exchange;
    session.listeners.delete(this.#listChanged);
    // What was not answered here may be answered on a stream that resumes this one.
    if (pending !== undefined) session.adopt(pending);
    this.#hooks.onClose(session);
  }

  #onEvent(event: StreamEvent): void {
    const { client } = this.#exchange;
    if (event.id !== undefined) this.#canResume = true;
    if (event.data === undefined || event.data.length === 0) return client.write(event.bytes);
    const isEndpoint = this.#isFirst && event.event === "endpoint";
    this.#isFirst = false;
    if (!isEndpoint) return this.#judge(event, event.data);
    const found = this.#hooks.onEndpoint(event.data.toString());
    if (found === undefined) return client.breakOff();
    this.#moveTo(found.session);
    client.write(replaceData(event, Buffer.from(found.address)));
  }

  /** Of HTTP+SSE the stream is the session: all answers come here. */
  #moveTo(session: RouteSession): void {
    this.#exchange.session.listeners.delete(this.#listChanged);
    session.listeners.add(this.#listChanged);
    session.toClient = (message) => this.#exchange.client.write(newEvent(message));
    this.#exchange.session = session;
  }

  #judge(event: StreamEvent, data: Buffer): void {
    const { session, client, binding, pending, answerServer } = this.#exchange;
    const message = binding.toRpcAnswer(data, 200);
    this.#exchange.onMessage(message);
    const { outcome, released } = judged(this.#exchange, () => session.judge("to-client", message, pending));
    for (const answer of outcome.answers) answerServer(answer);
    if (outcome.forward === message && binding.forClient === undefined) client.write(event.bytes);
    else if (outcome.forward !== undefined) this.#forward(event, outcome.forward);
    void released?.then((outcomes) => {
      for (const later of outcomes) {
        if (later.forward !== undefined) this.#forward(event, later.forward);
        for (const answer of later.answers) answerServer(answer);
      }
      return outcomes;
    });
  }

  #forward(event: StreamEvent, message: Uint8Array): void {
    const { client, binding } = this.#exchange;
    const data = binding.fromRpcAnswer(message);
    const final = binding.forClient?.(data, { status: 200, statusText: "", headers: {} }).body ?? data;
    client.write(final === event.data ? event.bytes : replaceData(event, final));
  }

  readonly #listChanged = (kind: PinKind): void => {
    const notice = listChangedNotice(kind, this.#subscription());
    if (notice !== undefined && this.#mayNotify()) this.#exchange.client.write(newEvent(notice));
  };

  #subscription(): string | number | undefined {
    const { value } = this.#exchange;
    if (stringAt(value, "method") !== "subscriptions/listen") return undefined;
    const id = valueAt(value, "id");
    return typeof id === "string" || typeof id === "number" ? id : undefined;
  }

  /** Streams that answer one call are for that call only. */
  #mayNotify(): boolean {
    const { session, request, binding } = this.#exchange;
    if (binding.protocol !== "mcp") return false;
    return this.#subscription() !== undefined || (request.method === "GET" && session.guard.memory.initialized);
  }
}
