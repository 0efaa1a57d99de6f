import type { IncomingHttpHeaders } from "node:http";
import { stringAt, valueAt, type JsonValue } from "../../core/json.ts";
import type { Memory } from "../../core/memory.ts";
import { headerMismatch } from "../exchange/header-check.ts";

const VERSION = "io.modelcontextprotocol/protocolVersion";
const CAPABILITIES = "io.modelcontextprotocol/clientCapabilities";
/** Revisions are dates, and dates can be compared as texts. */
const SINCE = "2026-07-28";

/** The revision that a message carries with it, as all do since 2026-07-28. */
export function revisionOf(params: JsonValue | undefined): string | undefined {
  return stringAt(params, "_meta", VERSION);
}

/** True for a request without what each must say of its client. */
export function lacksEnvelope(params: JsonValue | undefined): boolean {
  return revisionOf(params) === undefined || valueAt(params, "_meta", CAPABILITIES) === undefined;
}

/** True where a header says that the message is of such a revision. */
export function claimsModern(headers: IncomingHttpHeaders): boolean {
  const version = headers["mcp-protocol-version"];
  return typeof version === "string" && version >= SINCE;
}

/** The header that repeats a part of the body wrongly, or should and does not. */
export function wrongHeader(
  headers: IncomingHttpHeaders,
  message: JsonValue,
  tools: Memory["tools"],
): string | undefined {
  const malformed = Object.keys(headers).find((name) => name.startsWith("mcp-") && !isWellFormed(headers[name]));
  if (malformed !== undefined) return malformed;
  const withBlanks = new Proxy(headers, {
    get: (given, name) => (typeof name === "string" ? (given[name] ?? "") : ""),
  });
  return headerMismatch(withBlanks, message, tools);
}

/** Base64 of the standard alphabet, padded. */
const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

function isWellFormed(value: string | string[] | undefined): boolean {
  const [, encoded] = /^=\?base64\?(.*)\?=$/i.exec(String(value)) ?? [];
  return encoded === undefined || base64.test(encoded);
}
