import type { IncomingMessage, ServerResponse } from "node:http";
import { INVALID_REQUEST } from "../exchange/rpc-error.ts";
import { EventStream } from "./event-stream.ts";
import { membersOf } from "./members.ts";
import type { EndpointOptions } from "./mcp-endpoint.ts";
import { accept, notAllowed, refuse } from "./reply.ts";
import { takeBody } from "./take-body.ts";
import { busy, refuseUnavailable } from "./unavailable.ts";

export type SseEndpointOptions = EndpointOptions & {
  /** What the server's paths begin with. */
  mount: string;
  messagesPath: string;
  /** Milliseconds. */
  keepAlive: number;
};

/** HTTP+SSE. https://modelcontextprotocol.io/specification/2024-11-05/basic/transports#http-with-sse */
export class SseEndpoint {
  readonly #options: SseEndpointOptions;

  constructor(options: SseEndpointOptions) {
    this.#options = options;
  }

  async open(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== "GET") return notAllowed(response, "GET");
    const { peers, slots, mount, messagesPath, keepAlive } = this.#options;
    if (slots.areTaken) return busy(response, "Too many event streams are open.");
    const joined = await peers.openSseSession();
    if ("why" in joined) return refuseUnavailable(response, joined);
    if (response.destroyed) return joined.end();
    slots.take(response);
    const stream = new EventStream({ response, headers: {}, flow: joined.flow, keepAlive });
    joined.begin(stream, `${mount}${messagesPath}?session_id=${joined.id}`);
  }

  /** `path` may end with the session's id; else the query names it. */
  async post(request: IncomingMessage, response: ServerResponse, path: string, query: URLSearchParams): Promise<void> {
    if (request.method !== "POST") return notAllowed(response, "POST");
    const { peers, maxBodySize, maxBatch } = this.#options;
    const id = query.get("session_id") ?? query.get("sessionId") ?? path.split("/").findLast((part) => part !== "");
    const session = peers.sseSessions.get(id ?? "");
    if (session === undefined) return refuse(response, { status: 404, code: -32_001, message: "Session not found" });
    const body = await takeBody(request, response, maxBodySize);
    if (body === undefined) return;
    const members = membersOf(body.bytes, body.value, "to-server");
    if (members.length > maxBatch || members.some(({ heading }) => heading === undefined))
      return refuse(response, {
        status: 400,
        code: INVALID_REQUEST,
        message: "Invalid Request: not a JSON-RPC message",
      });
    if (!session.isReceptive) return busy(response, "The server does not keep up.");
    accept(response, { "content-type": "text/plain" }, "Accepted");
    session.post(members);
  }
}
