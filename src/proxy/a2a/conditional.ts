import { createHash } from "node:crypto";
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from "node:http";

/** What a request is about that the agent must answer in full, whatever the client has already. */
export const conditions = [
  "if-none-match",
  "if-match",
  "if-modified-since",
  "if-unmodified-since",
  "if-range",
  "range",
];

/** Headers and status of a card's answer, by the bytes that the client gets. */
export function conditional(
  body: Uint8Array,
  asked: IncomingHttpHeaders,
  given: IncomingHttpHeaders,
): { status?: number; headers: OutgoingHttpHeaders } {
  const etag = `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`;
  const isStored = !/\bno-store\b/i.test(given["cache-control"] ?? "");
  // What a client has may be the form of yesterday: it asks again each time, which costs little.
  const headers: OutgoingHttpHeaders = { etag, "cache-control": isStored ? "no-cache" : "no-store", expires: "0" };
  return isAmong(etag, asked["if-none-match"]) ? { status: 304, headers } : { headers };
}

/** RFC 9110, 13.1.2: weak comparison. */
function isAmong(etag: string, list: string | undefined): boolean {
  return list !== undefined && list.split(",").some((each) => ["*", etag].includes(each.trim().replace(/^W\//, "")));
}
