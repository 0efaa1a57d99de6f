import type { Exchange } from "./exchange.ts";
import type { Head } from "./upstream.ts";

/** What has to be looked into: an event stream event by event, a message as a whole, the rest not at all. */
export function kindOfAnswer({ status, headers }: Head, exchange: Exchange): "events" | "message" | "raw" {
  const type = headers["content-type"] ?? "";
  if (exchange.request.method === "HEAD" || status === 204 || status === 304) return "raw";
  if (/^\s*text\/event-stream\b/i.test(type)) return "events";
  if (headers["content-length"] === "0" && exchange.refusals.length === 0) return "raw";
  if (/\bjson\b/i.test(type)) return "message";
  // Clients show the text of an error, and lenient ones read JSON that is not called so.
  const mayBeText = type === "" || /^\s*(?:text\/|application\/(?:octet-stream|problem))/i.test(type);
  return exchange.isMessage && mayBeText ? "message" : "raw";
}
