import type { IncomingHttpHeaders } from "node:http";
import { stringAt, type JsonValue } from "../../core/json.ts";
import type { Memory } from "../../core/memory.ts";
import { headerMismatch } from "../exchange/header-check.ts";

const VERSION = "io.modelcontextprotocol/protocolVersion";
/** Revisions are dates, and dates can be compared as texts. */
const SINCE = "2026-07-28";

/** True for a message that carries its revision with it, as all do since 2026-07-28. */
export function isModern(message: JsonValue | undefined): boolean {
  return stringAt(message, "params", "_meta", VERSION) !== undefined;
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
  const withBlanks = new Proxy(headers, {
    get: (given, name) => (typeof name === "string" ? (given[name] ?? "") : ""),
  });
  return headerMismatch(withBlanks, message, tools);
}
