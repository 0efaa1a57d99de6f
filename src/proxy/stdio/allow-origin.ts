import type { IncomingMessage, ServerResponse } from "node:http";
import { corsHeaders, preflight } from "../access/preflight.ts";

/** What a page reads of an answer. */
const exposed = [
  "Mcp-Session-Id",
  "WWW-Authenticate",
  "Retry-After",
  "X-RateLimit-Limit",
  "X-RateLimit-Remaining",
  "X-RateLimit-Reset",
];

/**
 * Lets pages read the answer: those that may not ask were refused before. True for a browser's question
 * whether a page may ask, which is answered with this.
 */
export function allowOrigin(request: IncomingMessage, response: ServerResponse): boolean {
  for (const [name, value] of Object.entries(corsHeaders(request.headers.origin))) response.setHeader(name, value);
  if (request.headers.origin !== undefined) response.setHeader("access-control-expose-headers", exposed.join(", "));
  const asked = preflight(request);
  if (asked === undefined) return false;
  response.writeHead(asked.status, asked.headers).end(asked.body);
  return true;
}
