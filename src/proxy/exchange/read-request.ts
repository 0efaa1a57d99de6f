import type { IncomingMessage } from "node:http";
import { isObject, stringAt, type JsonValue } from "../../core/json.ts";
import { parse, textOf } from "../../engine/read-message.ts";
import { opensJson } from "./opens-json.ts";

/** What a request's body says, as far as the proxy itself must know. */
export type RequestReading =
  /** No body, or one that is no message of the protocols. */
  | { kind: "other" }
  /** Said to be JSON, but is none. */
  | { kind: "broken" }
  | { kind: "messages"; value: JsonValue };

/** `body` is decoded. Whatever its content type says: a lenient server may read a message all the same. */
export function readRequest(request: IncomingMessage, body: Buffer): RequestReading {
  if (body.length === 0) return { kind: "other" };
  const claimsJson = /\bjson\b/i.test(request.headers["content-type"] ?? "");
  if (!claimsJson && opensJson(body) !== true) return { kind: "other" };
  const value = parse(textOf(body));
  if (value === undefined) return claimsJson ? { kind: "broken" } : { kind: "other" };
  return Array.isArray(value) || isRpc(value) ? { kind: "messages", value } : { kind: "other" };
}

/** A message of JSON-RPC, also one that is not quite correct. */
export function isRpc(value: JsonValue | undefined): boolean {
  if (!isObject(value)) return false;
  return "jsonrpc" in value || "method" in value || ("id" in value && ("result" in value || "error" in value));
}

/** Of a whole body: one message or a batch. */
export function holdsRpc(value: JsonValue | undefined): boolean {
  return Array.isArray(value) ? value.some(isRpc) : isRpc(value);
}

/** True where the client opens a session with this message. */
export function opensSession(value: JsonValue | undefined): boolean {
  const messages = Array.isArray(value) ? value : [value];
  return messages.some((message) => stringAt(message, "method") === "initialize");
}
