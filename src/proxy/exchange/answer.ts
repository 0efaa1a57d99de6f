import { conditions } from "../a2a/conditional.ts";
import { LoginProblem } from "../oauth/client/login-problem.ts";
import { decoderOf } from "./content-coding.ts";
import { decodedSink } from "./decoded-sink.ts";
import { EventSink } from "./event-sink.ts";
import { requestHeaders } from "./headers.ts";
import { send } from "./client-side.ts";
import { judged, methodOf, type Exchange } from "./exchange.ts";
import type { AnswerOptions, Incoming } from "./gateway-options.ts";
import { kindOfAnswer } from "./kind-of-answer.ts";
import { MessageSink } from "./message-sink.ts";
import { rawSink } from "./raw-sink.ts";
import { redirected } from "./redirect.ts";
import { errorsFor, INTERNAL_ERROR, requestIds } from "./rpc-error.ts";
import { tellServer } from "./tell-server.ts";
import { upstreamError } from "./upstream-error.ts";
import { nothing, type Flow, type Head, type Sink } from "./upstream.ts";

/** Gets an exchange's answer from the upstream and takes it to the client. */
export class Answer {
  readonly #options: AnswerOptions;
  readonly #incoming: Incoming;
  readonly #exchange: Exchange;
  #asked = 0;

  constructor(options: AnswerOptions, incoming: Incoming, exchange: Exchange) {
    this.#options = options;
    this.#incoming = incoming;
    this.#exchange = exchange;
    this.#exchange.answerServer = (message) => tellServer(this.#options, this.#incoming, this.#exchange, message);
  }

  /** `body` as it goes on the wire; `instead` are headers in place of the client's. */
  fetch(body: Uint8Array, instead: ReadonlyMap<string, string>): void {
    const { circuit, upstream, addresses, cache } = this.#options;
    const { request, response, path, binding } = this.#exchange;
    const known = cache.find(this.#exchange, Date.now());
    if (known !== undefined) return this.#useKnown(known);
    this.#exchange.onMessage = (message) => cache.notice(this.#exchange, message, Date.now());
    if (!circuit.admits(Date.now())) return this.#fail(503, "does not answer; it is tried again soon");
    this.#asked = performance.now();
    const method = binding.fetches ?? request.method ?? "GET";
    const call = { method, path: addresses.toUpstream(path), headers: this.#headers(body, instead), body };
    const giveUp = upstream.call(call, {
      onHead: (head, flow) => this.#onHead(head, flow),
      onFailure: (error) => this.#onFailure(error),
    });
    // A client that goes away before the end cancels.
    response.on("close", () => {
      if (response.writableFinished) return;
      circuit.abandoned();
      giveUp();
    });
  }

  #useKnown(message: Buffer): void {
    const headers = { "content-type": "application/json" };
    const sink = new MessageSink(this.#exchange, { status: 200, headers }, () => {});
    sink.onChunk(message);
    sink.onEnd();
  }

  #headers(body: Uint8Array, instead: ReadonlyMap<string, string>): string[] {
    const incoming = this.#incoming;
    const { upstream } = this.#options;
    const { request, sent, binding } = this.#exchange;
    const isDecoded = body === sent && request.headers["content-encoding"] !== undefined;
    const own = binding.fetches === undefined ? [] : conditions;
    const without = [...incoming.strip, ...own, ...(isDecoded ? ["content-encoding"] : [])];
    return requestHeaders(request, { without, instead, ownOrigin: incoming.ownOrigin, target: upstream.target });
  }

  #onHead(head: Head, flow: Flow): Sink {
    const { circuit, metrics, route } = this.#options;
    const { client, measured } = this.#exchange;
    circuit.succeeded();
    client.flow = flow;
    measured.upstream = performance.now() - this.#asked;
    measured.failed = head.status >= 500;
    metrics.response(route.upstream.name, head.status);
    this.#bind(head);
    const incoming = this.#incoming;
    const { toCaller, addresses } = this.#options;
    const moved = redirected(toCaller?.(head, incoming) ?? head, this.#exchange, addresses);
    if (moved === "elsewhere") return this.#refuse(moved, flow);
    const kind = kindOfAnswer(moved, this.#exchange);
    if (kind === "unreadable") return this.#refuse(kind, flow);
    if (kind === "raw") this.#noteEmpty(moved);
    if (kind === "raw") return rawSink(this.#exchange, moved);
    if (kind === "message") return new MessageSink(this.#exchange, moved, (error) => this.#onFailure(error));
    return this.#openStream(moved);
  }

  /** Without a body some requests are answered all the same. */
  #noteEmpty({ status }: Head): void {
    const { binding, session, pending } = this.#exchange;
    if (binding.problem === undefined || status !== 204) return;
    const message = binding.toRpcAnswer(Buffer.alloc(0), status);
    judged(this.#exchange, () => session.judge("to-client", message, pending));
  }

  #refuse(kind: "elsewhere" | "unreadable", flow: Flow): Sink {
    flow.abort();
    this.#fail(502, refusals[kind]);
    return nothing;
  }

  #openStream(head: Head): Sink {
    const { metrics, route, sessions, addresses } = this.#options;
    const { request, path } = this.#exchange;
    const { name } = route.upstream;
    metrics.stream(name, 1);
    const sink = new EventSink(this.#exchange, head, {
      onEndpoint: (endpoint) => {
        const address = addresses.toProxy(endpoint, path);
        if (address === undefined || request.method !== "GET") return undefined;
        const session = sessions.open("mcp", "sse");
        session.postsTo = address.slice(route.upstream.mount.length);
        sessions.bindEndpoint(address, session);
        return { address, session };
      },
      onClose: (session) => {
        metrics.stream(name, -1);
        if (session.postsTo !== undefined) sessions.close(session);
      },
      onFailure: (error) => this.#note("broke off", error),
    });
    const decoder = decoderOf(head.headers["content-encoding"]);
    return decoder === undefined ? sink : decodedSink(decoder, this.#exchange.client, sink);
  }

  /** An answer to `initialize` names the session; one to DELETE ends it. */
  #bind({ status, headers }: Head): void {
    const { sessions } = this.#options;
    const { session, request } = this.#exchange;
    if (status >= 300) return;
    const [asked, named] = [request.headers["mcp-session-id"], headers["mcp-session-id"]];
    const isOwn = typeof asked === "string" && sessions.ofId(asked) === session;
    if (request.method === "DELETE" && isOwn) sessions.close(session);
    else if (typeof named === "string" && !sessions.has(session)) sessions.bindId(named, session);
  }

  #onFailure(error: Error): void {
    if (error instanceof LoginProblem) return this.#wantsLogin(error);
    this.#options.circuit.failed(Date.now());
    this.#options.cache.clear();
    const isLate = error.name === "HeadersTimeoutError";
    this.#fail(isLate ? 504 : 502, isLate ? "did not answer in time" : "cannot be reached or broke off", error);
  }

  /** Never a 401: clients would begin a login of their own, where there is none for them. */
  #wantsLogin(problem: LoginProblem): void {
    const incoming = this.#incoming;
    const { circuit } = this.#options;
    const { sent, value } = this.#exchange;
    circuit.abandoned();
    const isAsked = value !== undefined && requestIds(sent).length > 0;
    this.#fail(isAsked ? 200 : 502, problem.textFor(incoming.ownOrigin), problem);
  }

  #fail(status: number, what: string, error?: Error): void {
    const { route, circuit } = this.#options;
    const { client, sent, isMessage, binding } = this.#exchange;
    if (client.isGone) return;
    this.#note(what, error);
    if (client.hasBegun) return client.breakOff();
    const retry = status === 503 ? { "retry-after": String(circuit.retryAfter(Date.now())) } : {};
    const why = `mcpguard: the server ${route.upstream.name} ${what}.`;
    const bare = isMessage ? errorsFor(sent, INTERNAL_ERROR, why) : Buffer.from(JSON.stringify({ error: why }));
    const body = binding.problem?.(status, why) ?? bare;
    send(client, status, body, retry);
  }

  #note(what: string, error?: Error): void {
    const { session, measured } = this.#exchange;
    measured.failed = true;
    session.recorder.note(upstreamError(this.#options.route.upstream.name, what, methodOf(this.#exchange), error));
  }
}

const refusals = {
  elsewhere: "wants to send its callers to another server, which mcpguard does not guard",
  unreadable: "answers in a form that mcpguard cannot look into",
};
