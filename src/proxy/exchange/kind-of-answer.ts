import { canDecode } from "./content-coding.ts";
import type { Exchange } from "./exchange.ts";
import { isReadableType } from "./readable-type.ts";
import type { Head } from "./upstream.ts";

export type KindOfAnswer = "events" | "message" | "raw" | "unreadable";

/**
 * What has to be looked into: an event stream event by event, a message as a whole, the rest not at all. Unreadable
 * is what could be read in two ways, or not by the proxy: some clients could, and nobody would have looked.
 */
export function kindOfAnswer(head: Head, { request, refusals, isMessage, binding }: Exchange): KindOfAnswer {
  const { status, headers } = head;
  const isReadable = isReadableType(headers["content-type"] ?? "");
  if ((request.method === "HEAD" && binding.fetches === undefined) || status === 304) return "raw";
  if (isMessage && !isReadable) return "unreadable";
  if (isEmpty(head) && refusals.length === 0) return "raw";
  const kind = kindOfBody(head, isMessage);
  // SDK clients that asked for a stream do not look whether they got one.
  if (kind !== "events" && status < 300 && wantsOnlyEvents(request)) return "unreadable";
  return kind === "raw" || isReadable ? kind : "unreadable";
}

function isEmpty({ status, headers }: Head): boolean {
  return status === 204 || headers["content-length"] === "0";
}

function kindOfBody({ status, headers }: Head, isMessage: boolean): KindOfAnswer {
  const type = headers["content-type"] ?? "";
  // Of an error clients show the whole as text, also what is no data of an event.
  if (isMessage && status >= 300) return "message";
  if (/\btext\/event-stream\b/i.test(type)) return isClearlyEvents(headers) ? "events" : "unreadable";
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
