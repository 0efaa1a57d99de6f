import type { ServerResponse } from "node:http";
import { INTERNAL_ERROR } from "../exchange/rpc-error.ts";
import type { Unavailable } from "./peers.ts";
import { refuse } from "./reply.ts";

/** Seconds after which a client may ask again. */
const RETRY_AFTER = 5;

/** Tells a client that the server cannot be reached now; `id` is its request's, as JSON text. */
export function refuseUnavailable(response: ServerResponse, { why }: Unavailable, id?: string): void {
  if (why === "cannot start")
    return refuse(response, { status: 502, code: INTERNAL_ERROR, message: "The server cannot be started.", id });
  busy(response, "Too many sessions are open.", id);
}

export function busy(response: ServerResponse, message: string, id?: string): void {
  refuse(response, { status: 503, code: INTERNAL_ERROR, message, id, headers: { "retry-after": String(RETRY_AFTER) } });
}
