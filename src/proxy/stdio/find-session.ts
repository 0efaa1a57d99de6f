import type { IncomingMessage, ServerResponse } from "node:http";
import type { Peers } from "./peers.ts";
import { badRequest, refuse, TRANSPORT_ERROR } from "./reply.ts";
import type { StreamableSession } from "./streamable-session.ts";

/** With sessions; what is later has none. */
const revisions = ["2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05", "2024-10-07"];
const NO_SESSION = -32_001;

/** The session that a request names, which was answered where there is none; `id` is its message's, as JSON text. */
export function findSession(
  { sessions }: Peers,
  request: IncomingMessage,
  response: ServerResponse,
  id: string | undefined,
): StreamableSession | undefined {
  const name = sessionId(request);
  if (name === undefined)
    return badRequest(response, TRANSPORT_ERROR, "Bad Request: Mcp-Session-Id header is required", id);
  const session = sessions.get(name);
  const version = request.headers["mcp-protocol-version"];
  if (session === undefined) refuse(response, { status: 404, code: NO_SESSION, message: "Session not found", id });
  if (session === undefined || version === undefined || revisions.includes(String(version))) return session;
  const supported = `(supported versions: ${revisions.join(", ")})`;
  return badRequest(response, TRANSPORT_ERROR, `Bad Request: Unsupported protocol version ${supported}`, id);
}

export function sessionId({ headers }: IncomingMessage): string | undefined {
  const id = headers["mcp-session-id"];
  return typeof id === "string" ? id : undefined;
}
