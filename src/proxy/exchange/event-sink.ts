import type { PinKind } from "../../core/memory.ts";
import { listChangedNotice } from "../../session/list-changed.ts";
import { stringAt, valueAt } from "../../core/json.ts";
import { isPlain } from "./content-coding.ts";
import { EventReader, type StreamEvent } from "./event-reader.ts";
import type { RouteSession } from "../route-session.ts";
import { judged, type Exchange } from "./exchange.ts";
import { responseHeaders } from "./headers.ts";
import { newEvent, replaceData } from "./replace-data.ts";
import { opensJson } from "./opens-json.ts";
import { INTERNAL_ERROR, openIds, rpcError } from "./rpc-error.ts";
import type { Head, Sink } from "./upstream.ts";
import { longEvent } from "./window-sink.ts";

export type StreamHooks = {
  /** HTTP+SSE names the URL to post to: where the proxy has it, and the session that begins. Undefined where it has not. */
  onEndpoint(url: string): { address: string; session: RouteSession } | undefined;
  /** The upstream died on the way. */
  onFailure(error: Error): void;
  onClose(session: RouteSession): void;
};

/** Forwards an event stream event by event, each as soon as it is whole and the guard has looked. */
export class EventSink implements Sink {
  readonly #exchange: Exchange;
  readonly #hooks: StreamHooks;
  readonly #reader: EventReader;
  #long: ReturnType<typeof longEvent> | undefined;
  /** Ours, while a long event goes on piece by piece. */
  readonly #waiting: Buffer[] = [];
  #hasEndpoint = false;
  #hasBegun = false;
  #canResume = false;
  #isClosed = false;

  constructor(exchange: Exchange, head: Head, hooks: StreamHooks) {
    this.#exchange = exchange;
    this.#hooks = hooks;
    this.#reader = new EventReader({
      limit: () => exchange.session.guard.policy.maxInspectSize,
      onEvent: (event) => this.#onEvent(event),
      onLongPart: (part) => (this.#long ??= longEvent(exchange)).push(part),
      onLongEnd: () => {
        this.#long?.end();
        this.#long = undefined;
        for (const event of this.#waiting.splice(0)) this.#exchange.client.write(event);
      },
    });
    this.#begin(head);
  }

  onChunk(chunk: Buffer): void {
    if (!this.#hasBegun) {
      const isBare = opensJson(chunk);
      // No event begins so, but some clients read a message all the same.
      if (isBare === true) return this.#refuse();
      this.#hasBegun = isBare === false;
    }
    this.#reader.push(chunk);
  }

  onEnd(): void {
    this.#reader.end();
    const { client, refusals } = this.#exchange;
    // The last event may lack its end.
    if (refusals.length > 0) client.write(Buffer.from("\n\n"));
    for (const refusal of refusals) client.write(newEvent(refusal));
    this.#close();
    client.end();
  }

  /** Clients wait a minute for an answer that will not come, unless they can resume or are told. */
  onFailure(error: Error): void {
    const { client, pending, sent } = this.#exchange;
    const open = pending === undefined || this.#canResume || this.#long !== undefined ? [] : openIds(sent, pending);
    this.#hooks.onFailure(error);
    this.#close();
    if (open.length === 0) return client.breakOff();
    for (const id of open) {
      client.write(newEvent(rpcError(id, INTERNAL_ERROR, "The server went away before it answered.")));
    }
    client.end();
  }

  #refuse(): void {
    this.#exchange.client.flow?.abort();
    this.onFailure(new Error("a message where events were announced"));
  }

  #begin({ status, headers }: Head): void {
    const { client, session, response } = this.#exchange;
    const kept = responseHeaders(headers, !isPlain(headers["content-encoding"]));
    delete kept["content-length"];
    client.begin(status, kept);
    client.flushHead();
    session.listeners.add(this.#listChanged);
    response.once("close", () => this.#close());
  }

  /** An event of ours, between those of the upstream. */
  #insert(message: Uint8Array): void {
    const event = newEvent(message);
    if (this.#long === undefined) this.#exchange.client.write(event);
    else this.#waiting.push(event);
  }

  #close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    const { session, pending, binding } = this.#exchange;
    session.listeners.delete(this.#listChanged);
    // What was not answered here may be answered on a stream that resumes this one.
    if (pending !== undefined && binding.protocol === "mcp") session.adopt(pending);
    this.#hooks.onClose(session);
  }

  #onEvent(event: StreamEvent): void {
    const { client, request } = this.#exchange;
    if (event.id !== undefined) this.#canResume = true;
    if (event.data === undefined || event.data.length === 0) return client.write(event.bytes);
    if (event.event === "endpoint" && request.method === "GET") this.#nameEndpoint(event, event.data);
    else this.#judge(event, event.data);
  }

  #nameEndpoint(event: StreamEvent, data: Buffer): void {
    const { client } = this.#exchange;
    const found = this.#hasEndpoint ? undefined : this.#hooks.onEndpoint(data.toString());
    if (found === undefined) {
      this.#hooks.onFailure(new Error("an address to post to that mcpguard does not guard"));
      return client.breakOff();
    }
    this.#hasEndpoint = true;
    this.#moveTo(found.session);
    client.write(replaceData(event, Buffer.from(found.address)));
  }

  /** Of HTTP+SSE the stream is the session: all answers come here. */
  #moveTo(session: RouteSession): void {
    this.#exchange.session.listeners.delete(this.#listChanged);
    session.listeners.add(this.#listChanged);
    session.toClient = (message) => this.#insert(message);
    this.#exchange.session = session;
  }

  #judge(event: StreamEvent, data: Buffer): void {
    const { session, binding, pending, answerServer } = this.#exchange;
    const message = binding.toRpcAnswer(data, 200);
    this.#exchange.onMessage(message);
    const { outcome, released } = judged(this.#exchange, () => session.judge("to-client", message, pending));
    for (const answer of outcome.answers) answerServer(answer);
    if (outcome.forward === message) this.#write(event, data);
    else if (outcome.forward !== undefined) this.#write(event, binding.fromRpcAnswer(outcome.forward));
    void released?.then((outcomes) => {
      for (const later of outcomes) {
        if (later.forward !== undefined) this.#write(event, binding.fromRpcAnswer(later.forward));
        for (const answer of later.answers) answerServer(answer);
      }
      return outcomes;
    });
  }

  #write(event: StreamEvent, data: Uint8Array): void {
    const { client, binding } = this.#exchange;
    const head = { status: 200, headers: {} };
    const { body, event: name } = binding.forClient?.(data, head) ?? { body: data, event: undefined };
    if (name !== undefined) return client.write(newEvent(body, name));
    client.write(body === event.data ? event.bytes : replaceData(event, body));
  }

  readonly #listChanged = (kind: PinKind): void => {
    const notice = listChangedNotice(kind, this.#subscription());
    if (notice !== undefined && this.#mayNotify()) this.#insert(notice);
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
