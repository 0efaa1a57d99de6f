import type { IncomingMessage } from "node:http";
import type { OwnAnswer } from "./refusal.ts";

/**
 * The answer to a browser that asks whether a page may call: its question carries no key, so it cannot be sent on where
 * one is wanted. Undefined for anything else. Ask the origin check first.
 */
export function preflight({ method, headers }: Pick<IncomingMessage, "method" | "headers">): OwnAnswer | undefined {
  const wanted = headers["access-control-request-method"];
  if (method !== "OPTIONS" || headers.origin === undefined || wanted === undefined) return undefined;
  const asked = headers["access-control-request-headers"];
  const isPrivate = headers["access-control-request-private-network"] === "true";
  return {
    status: 204,
    body: "",
    headers: {
      ...corsHeaders(headers.origin),
      "access-control-allow-methods": wanted,
      ...(asked === undefined ? {} : { "access-control-allow-headers": asked }),
      ...(isPrivate ? { "access-control-allow-private-network": "true" } : {}),
      "access-control-max-age": "600",
    },
  };
}

/** What lets the page of `origin` read the proxy's own answer, and tells caches that it is for that page. */
export function corsHeaders(origin: string | undefined): Readonly<Record<string, string>> {
  if (origin === undefined) return {};
  return {
    "access-control-allow-origin": origin,
    "access-control-expose-headers": "WWW-Authenticate, Retry-After",
    vary: "Origin, Access-Control-Request-Method, Access-Control-Request-Headers",
  };
}
