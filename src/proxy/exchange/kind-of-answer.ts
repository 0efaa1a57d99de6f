import { canDecode } from "./content-coding.ts";
import type { Exchange } from "./exchange.ts";
import type { Head } from "./upstream.ts";

export type KindOfAnswer = "events" | "message" | "raw" | "unreadable";

/**
 * What has to be looked into: an event stream event by event, a message as a whole, the rest not at all. Unreadable
 * is what could be read in two ways, or not by the proxy: some clients could, and nobody would have looked.
 */
export function kindOfAnswer(
  { status, headers }: Head,
  { request, refusals, isMessage, binding }: Exchange,
): KindOfAnswer {
  const type = headers["content-type"] ?? "";
  if ((request.method === "HEAD" && binding.fetches === undefined) || status === 304) return "raw";
  const isEmpty = status === 204 || headers["content-length"] === "0";
  if (isEmpty && refusals.length === 0) return "raw";
  if (/\btext\/event-stream\b/i.test(type)) return isClearlyEvents(headers) ? "events" : "unreadable";
  // SDK clients that asked for a stream do not look whether they got one.
  if (status < 300 && wantsOnlyEvents(request)) return "unreadable";
  // Lenient clients read a message whatever it is called.
  return isMessage || /\bjson\b/i.test(type) ? "message" : "raw";
}

function isClearlyEvents({ "content-type": type = "", "content-encoding": coding }: Head["headers"]): boolean {
  return /^\s*text\/event-stream\b/i.test(type) && !/json/i.test(type) && canDecode(coding);
}

function wantsOnlyEvents({ method, headers: { accept = "" } }: Exchange["request"]): boolean {
  return method === "GET" && /\btext\/event-stream\b/i.test(accept) && !/json|\*/i.test(accept);
}

/** Clients show the text of an error. */
export function mayBeText(type: string | undefined): boolean {
  return type === undefined || /^\s*(?:text\/|application\/(?:octet-stream|problem))|\bjson\b/i.test(type);
}
