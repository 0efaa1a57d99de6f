import type { IncomingMessage, ServerResponse } from "node:http";
import { valueAt } from "../../core/json.ts";
import { INVALID_REQUEST } from "../exchange/rpc-error.ts";
import { findSession, sessionId } from "./find-session.ts";
import { membersOf, requestIdOf, type Member } from "./members.ts";
import { claimsModern, revisionOf } from "./modern.ts";
import type { Peers } from "./peers.ts";
import { postModern } from "./post-modern.ts";
import { badRequest, notAllowed, refuse, TRANSPORT_ERROR } from "./reply.ts";
import type { StreamSlots } from "./stream-slots.ts";
import { takeBody, type Body } from "./take-body.ts";
import { busy, refuseUnavailable } from "./unavailable.ts";

export type EndpointOptions = {
  peers: Peers;
  slots: StreamSlots;
  /** Bytes. */
  maxBodySize: number;
  /** Members of a batch. */
  maxBatch: number;
};

const INVALID_PARAMS = -32_602;

/** Streamable HTTP of every revision. https://modelcontextprotocol.io/specification/2025-11-25/basic/transports */
export class McpEndpoint {
  readonly #options: EndpointOptions;

  constructor(options: EndpointOptions) {
    this.#options = options;
  }

  async handle(request: IncomingMessage, response: ServerResponse, caller: string): Promise<void> {
    if (request.method === "POST") return this.#post(request, response, caller);
    if (request.method !== "GET" && request.method !== "DELETE") return notAllowed(response, "GET, POST, DELETE");
    // Since 2026-07-28 there is only POST.
    if (sessionId(request) === undefined) return notAllowed(response, "POST");
    const opens = request.method === "GET";
    if (opens && !accepts(request, "text/event-stream")) return notAcceptable(response, "text/event-stream");
    const session = findSession(this.#options.peers, request, response, undefined);
    if (session === undefined) return;
    if (opens && this.#options.slots.areTaken) return busy(response, "Too many event streams are open.");
    if (opens) return session.get(request, response);
    void session.end();
    response.writeHead(200, { "content-length": 0 }).end();
  }

  async #post(request: IncomingMessage, response: ServerResponse, caller: string): Promise<void> {
    if (!accepts(request, "application/json") || !accepts(request, "text/event-stream"))
      return notAcceptable(response, "both application/json and text/event-stream");
    const body = await takeBody(request, response, this.#options.maxBodySize);
    if (body === undefined) return;
    const members = membersOf(body.bytes, body.value, "to-server");
    const id = requestIdOf(members);
    const wrong = this.#wrongShape(members, body);
    if (wrong !== undefined) return badRequest(response, INVALID_REQUEST, wrong, id);
    if (members.some(({ heading }) => revisionOf(valueAt(heading?.value, "params")) !== undefined))
      return postModern(this.#options, request, response, members, caller);
    if (sessionId(request) !== undefined || !claimsModern(request.headers))
      return this.#postToSession(request, response, members, Array.isArray(body.value));
    if (members[0]?.heading?.kind === "notification")
      return postModern(this.#options, request, response, members, caller);
    badRequest(response, INVALID_PARAMS, "The request's _meta lacks its protocol version", id);
  }

  async #postToSession(
    request: IncomingMessage,
    response: ServerResponse,
    members: readonly Member[],
    isBatch: boolean,
  ): Promise<void> {
    const { peers } = this.#options;
    const id = requestIdOf(members);
    if (!members.some(({ heading }) => heading?.kind === "request" && heading.method === "initialize")) {
      const session = findSession(peers, request, response, id);
      if (session?.isReceptive === false) return busy(response, "The server does not keep up.", id);
      return session?.post(response, members, isBatch);
    }
    if (members.length > 1) return badRequest(response, INVALID_REQUEST, "Only one initialize is allowed", id);
    if (peers.sessions.has(sessionId(request) ?? ""))
      return badRequest(response, INVALID_REQUEST, "The session is initialized already", id);
    const joined = await peers.openSession();
    if ("why" in joined) return refuseUnavailable(response, joined, id);
    if (response.destroyed) return joined.end();
    joined.post(response, members, isBatch);
  }

  /** What makes the body unfit for any revision. */
  #wrongShape(members: readonly Member[], { value }: Body): string | undefined {
    if (members.some(({ heading }) => heading === undefined)) return "Invalid Request: not a JSON-RPC message";
    if (Array.isArray(value) && members.length > this.#options.maxBatch)
      return `Invalid Request: a batch must not have more than ${this.#options.maxBatch} messages`;
    return undefined;
  }
}

function accepts({ headers }: IncomingMessage, type: string): boolean {
  const accept = headers.accept ?? "";
  return accept.includes(type) || accept.includes("*/*");
}

function notAcceptable(response: ServerResponse, types: string): void {
  refuse(response, { status: 406, code: TRANSPORT_ERROR, message: `Not Acceptable: Client must accept ${types}` });
}
