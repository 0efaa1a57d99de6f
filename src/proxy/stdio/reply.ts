import type { OutgoingHttpHeaders, ServerResponse } from "node:http";
import { rpcError } from "../exchange/rpc-error.ts";

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

export type Refusal = {
  status: number;
  /** Of the JSON-RPC error. */
  code: number;
  message: string;
  /** The refused request's id, as JSON text. */
  id?: string | undefined;
  headers?: OutgoingHttpHeaders;
};

/** Refuses a request before any server sees it. */
export function refuse(response: ServerResponse, { status, code, message, id = "null", headers }: Refusal): void {
  replyJson(response, status, rpcError(id, code, message), headers);
}

/** Nothing is to be said. */
export function accept(response: ServerResponse, headers: OutgoingHttpHeaders = {}, text = ""): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(202, { "content-length": Buffer.byteLength(text), ...headers });
  response.end(text);
}
