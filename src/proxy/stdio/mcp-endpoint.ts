import type { IncomingMessage, ServerResponse } from "node:http";
import { valueAt } from "../../core/json.ts";
import { HEADER_MISMATCH, INVALID_REQUEST } from "../exchange/rpc-error.ts";
import type { StreamSlots } from "./stream-slots.ts";
import { membersOf, type Member } from "./members.ts";
import { claimsModern, revisionOf, wrongHeader } from "./modern.ts";
import type { Peers } from "./peers.ts";
import { refuse } from "./reply.ts";
import { textAt } from "./replace-at.ts";
import type { StreamableSession } from "./streamable-session.ts";
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

/** With sessions; what is later has none. */
const revisions = ["2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05", "2024-10-07"];
const BAD_REQUEST = -32_000;
const NO_SESSION = -32_001;
const INVALID_PARAMS = -32_602;
const UNSUPPORTED = -32_022;

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
    if (request.method === "GET" && !accepts(request, "text/event-stream"))
      return notAcceptable(response, "text/event-stream");
    const session = this.#sessionOf(request, response);
    if (session === undefined) return;
    if (request.method === "GET") {
      if (this.#options.slots.areTaken) return busy(response, "Too many event streams are open.");
      return session.get(request, response);
    }
    void session.end();
    response.writeHead(200, { "content-length": 0 }).end();
  }

  async #post(request: IncomingMessage, response: ServerResponse, caller: string): Promise<void> {
    if (!accepts(request, "application/json") || !accepts(request, "text/event-stream"))
      return notAcceptable(response, "both application/json and text/event-stream");
    const body = await takeBody(request, response, this.#options.maxBodySize);
    if (body === undefined) return;
    const members = membersOf(body.bytes, body.value, "to-server");
    const wrong = this.#wrongShape(members, body);
    if (wrong !== undefined) return bad(response, INVALID_REQUEST, wrong, idOf(members));
    const [first] = members;
    if (
      first !== undefined &&
      members.some(({ heading }) => revisionOf(valueAt(heading?.value, "params")) !== undefined)
    )
      return this.#postModern(request, response, members, caller);
    if (sessionId(request) === undefined && claimsModern(request.headers)) {
      if (first?.heading?.kind !== "notification")
        return bad(response, INVALID_PARAMS, "The request's _meta lacks its protocol version", idOf(members));
      return this.#postModern(request, response, members, caller);
    }
    await this.#postToSession(request, response, members, Array.isArray(body.value));
  }

  async #postToSession(
    request: IncomingMessage,
    response: ServerResponse,
    members: readonly Member[],
    isBatch: boolean,
  ): Promise<void> {
    const opens = members.some(({ heading }) => heading?.kind === "request" && heading.method === "initialize");
    if (opens && members.length > 1) return bad(response, INVALID_REQUEST, "Only one initialize is allowed", undefined);
    const known = this.#options.peers.sessions.get(sessionId(request) ?? "");
    if (opens && known !== undefined)
      return bad(response, INVALID_REQUEST, "The session is initialized already", idOf(members));
    if (!opens) return this.#sessionOf(request, response, members, known)?.post(response, members, isBatch);
    const joined = await this.#options.peers.openSession();
    if ("why" in joined) return refuseUnavailable(response, joined, idOf(members));
    joined.post(response, members, isBatch);
  }

  async #postModern(
    request: IncomingMessage,
    response: ServerResponse,
    members: readonly Member[],
    caller: string,
  ): Promise<void> {
    const [member] = members;
    const id = idOf(members);
    const { heading } = member ?? {};
    if (member === undefined || heading === undefined || members.length > 1 || member.opensBatch)
      return bad(response, INVALID_REQUEST, "Since 2026-07-28 there are no batches", id);
    if (heading.kind === "response") return bad(response, INVALID_REQUEST, "Servers ask nothing since 2026-07-28", id);
    const { peers, slots } = this.#options;
    const joined = await peers.caller(caller);
    if ("why" in joined) return refuseUnavailable(response, joined, id);
    if (heading.kind === "request") {
      const name = wrongHeader(request.headers, heading.value, joined.session.guard.memory.tools);
      if (name !== undefined)
        return bad(response, HEADER_MISMATCH, `The header ${name} is missing or does not agree with the body`, id);
      if (heading.method === "subscriptions/listen" && slots.areTaken)
        return busy(response, "Too many event streams are open.", id);
      const data = joined.unsupported(valueAt(heading.value, "params"));
      if (data !== undefined)
        return refuse(response, { status: 400, code: UNSUPPORTED, message: "Unsupported protocol version", id, data });
    }
    if (!joined.isReceptive) return busy(response, "The server does not keep up.", id);
    joined.post(response, member);
  }

  /** What makes the body unfit for any revision. */
  #wrongShape(members: readonly Member[], { value }: Body): string | undefined {
    if (members.some(({ heading }) => heading === undefined)) return "Invalid Request: not a JSON-RPC message";
    if (Array.isArray(value) && members.length > this.#options.maxBatch)
      return `Invalid Request: a batch must not have more than ${this.#options.maxBatch} messages`;
    return undefined;
  }

  /** The session that a request names; it was answered where there is none. */
  #sessionOf(
    request: IncomingMessage,
    response: ServerResponse,
    members: readonly Member[] = [],
    known = this.#options.peers.sessions.get(sessionId(request) ?? ""),
  ): StreamableSession | undefined {
    const id = idOf(members);
    if (sessionId(request) === undefined)
      return bad(response, BAD_REQUEST, "Bad Request: Mcp-Session-Id header is required", id);
    if (known === undefined) return refused(response, 404, NO_SESSION, "Session not found", id);
    const version = request.headers["mcp-protocol-version"];
    if (version !== undefined && !revisions.includes(String(version))) {
      const supported = `(supported versions: ${revisions.join(", ")})`;
      return bad(response, BAD_REQUEST, `Bad Request: Unsupported protocol version ${supported}`, id);
    }
    if (known.isReceptive) return known;
    busy(response, "The server does not keep up.", id);
    return undefined;
  }
}

function sessionId({ headers }: IncomingMessage): string | undefined {
  const id = headers["mcp-session-id"];
  return typeof id === "string" ? id : undefined;
}

function accepts({ headers }: IncomingMessage, type: string): boolean {
  const accept = headers.accept ?? "";
  return accept.includes(type) || accept.includes("*/*");
}

/** The id of the one request among the messages, as JSON text. */
function idOf(members: readonly Member[]): string | undefined {
  const [only] = members;
  return members.length === 1 && only?.heading?.kind === "request" ? textAt(only.bytes, ["id"]) : undefined;
}

function notAllowed(response: ServerResponse, allow: string): void {
  refuse(response, { status: 405, code: BAD_REQUEST, message: "Method not allowed.", headers: { allow } });
}

function notAcceptable(response: ServerResponse, types: string): void {
  refuse(response, { status: 406, code: BAD_REQUEST, message: `Not Acceptable: Client must accept ${types}` });
}

function bad(response: ServerResponse, code: number, message: string, id: string | undefined): undefined {
  return refused(response, 400, code, message, id);
}

function refused(
  response: ServerResponse,
  status: number,
  code: number,
  message: string,
  id: string | undefined,
): undefined {
  refuse(response, { status, code, message, id });
}
