import type { OutgoingHttpHeaders, ServerResponse } from "node:http";
import type { JsonObject } from "../../core/json.ts";

/** Answers with one JSON document. */
export function replyJson(
  response: ServerResponse,
  status: number,
  body: Uint8Array,
  headers: OutgoingHttpHeaders = {},
): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, { "content-type": "application/json", "content-length": body.length, ...headers });
  response.end(body);
}

/** As the SDK's servers name what is wrong with a request before its message counts. */
export const TRANSPORT_ERROR = -32_000;

export type Refusal = {
  status: number;
  /** Of the JSON-RPC error. */
  code: number;
  message: string;
  data?: JsonObject;
  /** The refused request's id, as JSON text. */
  id?: string | undefined;
  headers?: OutgoingHttpHeaders;
};

/** Refuses a request before any server sees it. */
export function refuse(response: ServerResponse, refusal: Refusal): void {
  const { status, id = "null", headers, code, message, data } = refusal;
  const error = JSON.stringify({ code, message, data });
  replyJson(response, status, Buffer.from(`{"jsonrpc":"2.0","id":${id},"error":${error}}`), headers);
}

/** Always answers undefined, for callers that have nothing then. */
export function badRequest(response: ServerResponse, code: number, message: string, id: string | undefined): undefined {
  refuse(response, { status: 400, code, message, id });
}

export function notAllowed(response: ServerResponse, allow: string): void {
  refuse(response, { status: 405, code: TRANSPORT_ERROR, message: "Method not allowed.", headers: { allow } });
}

/** Nothing is to be said. */
export function accept(response: ServerResponse, headers: OutgoingHttpHeaders = {}, text = ""): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(202, { "content-length": Buffer.byteLength(text), ...headers });
  response.end(text);
}
