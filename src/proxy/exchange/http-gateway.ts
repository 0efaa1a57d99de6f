import type { Protocol } from "../../core/session.ts";
import { stringAt } from "../../core/json.ts";
import { Addresses } from "./addresses.ts";
import { admit, unchanged } from "./admit.ts";
import { Answer } from "./answer.ts";
import { bindingOf } from "./binding-of.ts";
import { ClientSide, send } from "./client-side.ts";
import { CodingError, decoded, isPlain } from "./content-coding.ts";
import { methodOf, type Exchange } from "./exchange.ts";
import type { AnswerOptions, GatewayOptions, Incoming } from "./gateway-options.ts";
import { headerMismatch } from "./header-check.ts";
import { BodyTooLarge, readBody } from "./read-body.ts";
import { refuseUpload } from "./refuse-upload.ts";
import { opensSession, readRequest, type RequestReading } from "./read-request.ts";
import { errorsFor, HEADER_MISMATCH, INVALID_REQUEST, PARSE_ERROR, rpcError } from "./rpc-error.ts";

const TOO_MANY_STREAMS = Buffer.from('{"error":"too many event streams are open (max_sse_connections)"}');

/** Takes requests to an HTTP upstream through the guard, and its answers back. */
export class HttpGateway {
  readonly #options: GatewayOptions;
  readonly #addresses: Addresses;
  readonly #answering: AnswerOptions;
  /** Event streams that clients asked for and that are open. */
  #streams = 0;

  constructor(options: GatewayOptions) {
    this.#options = options;
    this.#addresses = new Addresses(options.upstream.target, options.route.upstream.mount + (options.place ?? ""));
    this.#answering = { ...options, addresses: this.#addresses };
  }

  async handle(incoming: Incoming): Promise<void> {
    const { request, response } = incoming;
    const client = new ClientSide(response);
    if (!this.#admitsStream(incoming)) return send(client, 503, TOO_MANY_STREAMS, { "retry-after": "5" });
    try {
      const raw = await readBody(request, this.#options.maxBodySize);
      const coding = request.headers["content-encoding"];
      const body = isPlain(coding) ? raw : await decoded(raw, coding, this.#options.maxBodySize);
      await this.#exchange(incoming, client, raw, body);
    } catch (error) {
      if (client.isGone) return;
      const [status, code, why] = problem(error, this.#options.maxBodySize);
      const body = rpcError("null", code, why);
      if (status === 413) refuseUpload(request, response, status, body);
      else send(client, status, body);
    }
  }

  #admitsStream({ request, response }: Incoming): boolean {
    if (request.method !== "GET" || !/\btext\/event-stream\b/i.test(request.headers.accept ?? "")) return true;
    if (this.#streams >= this.#options.maxSseConnections) return false;
    this.#streams++;
    response.once("close", () => this.#streams--);
    return true;
  }

  async #exchange(incoming: Incoming, client: ClientSide, raw: Buffer, body: Buffer): Promise<void> {
    const reading = readRequest(incoming.request, body);
    if (reading.kind === "broken") return send(client, 400, rpcError("null", PARSE_ERROR, "The body is not JSON."));
    const exchange = this.#newExchange(incoming, client, reading, body);
    incoming.response.on("close", () => this.#finish(exchange));
    const { headers } = incoming.request;
    const wrong = headerMismatch(headers, exchange.value, exchange.session.guard.memory.tools);
    if (wrong !== undefined) {
      const why = `The header ${wrong} does not agree with the body.`;
      return send(client, 400, errorsFor(body, HEADER_MISMATCH, why));
    }
    const answer = new Answer(this.#answering, incoming, exchange);
    if (!exchange.isMessage) {
      if (body.length > 0) exchange.session.passedUnread(headers["content-type"] ?? "");
      return answer.fetch(raw, unchanged);
    }
    const admitted = await admit(exchange, raw, body, this.#options);
    if (admitted !== undefined) answer.fetch(admitted.body, admitted.headers);
  }

  #newExchange(incoming: Incoming, client: ClientSide, reading: RequestReading, body: Buffer): Exchange {
    const { request, response, path, ownOrigin } = incoming;
    const { route, upstream, agent } = this.#options;
    const read = reading.kind === "messages" ? reading.value : undefined;
    const addresses = this.#addresses;
    const asked = {
      request,
      path,
      origin: ownOrigin,
      value: read,
      // Only cards are asked for theirs.
      url: () => new URL(addresses.toUpstream(path), upstream.target),
    };
    const { binding, value } = bindingOf(route.upstream.protocol, agent, asked);
    const session = this.#sessionOf(incoming, opensSession(value), binding.protocol);
    const isElsewhere = session.toClient !== undefined || (request.method === "GET" && value === undefined);
    return {
      request,
      response,
      client,
      path,
      session,
      binding,
      isMessage: value !== undefined,
      value,
      sent: body,
      pending: isElsewhere ? undefined : session.newExchangeTable(),
      refusals: [],
      answerServer: () => {},
      onMessage: () => {},
      measured: { guard: 0, upstream: undefined, action: "allow", failed: false },
    };
  }

  #finish(exchange: Exchange): void {
    const { sessions, metrics, route } = this.#options;
    const { session, binding, isMessage, value, measured } = exchange;
    // Opened for an `initialize` that led to no session.
    if (!sessions.has(session)) sessions.close(session);
    if (!isMessage) return;
    const method = methodOf(exchange);
    metrics.observe({
      route: route.upstream.name,
      protocol: binding.protocol,
      method,
      tool: method === "tools/call" ? stringAt(value, "params", "name") : undefined,
      outcome: measured.failed ? "error" : measured.action,
      addedSeconds: measured.guard / 1000,
      upstreamSeconds: measured.upstream === undefined ? undefined : measured.upstream / 1000,
    });
  }

  #sessionOf({ request, path, caller }: Incoming, opens: boolean, protocol: Protocol): Exchange["session"] {
    const { sessions } = this.#options;
    const id = request.headers["mcp-session-id"];
    const named = typeof id === "string" && protocol === "mcp" ? sessions.ofId(id) : undefined;
    if (named !== undefined) return named;
    const known = request.method === "POST" && sessions.hasEndpoints ? this.#sessionPostedTo(path) : undefined;
    if (known !== undefined) return known;
    return opens && protocol === "mcp" ? sessions.open("mcp", "http") : sessions.ofCaller(caller, protocol);
  }

  /** The address may be written in another way than the stream named it. */
  #sessionPostedTo(path: string): Exchange["session"] | undefined {
    const address = this.#addresses.toProxy(this.#addresses.toUpstream(path), path) ?? path;
    return this.#options.sessions.ofEndpoint(address);
  }
}

function problem(error: unknown, limit: number): [status: number, code: number, why: string] {
  if (error instanceof BodyTooLarge)
    return [413, INVALID_REQUEST, `The body is larger than max_body_size (${limit} bytes).`];
  if (error instanceof CodingError)
    return [415, INVALID_REQUEST, `mcpguard cannot inspect the body: ${error.message}.`];
  return [400, INVALID_REQUEST, "The request broke off."];
}
