import type { Memory, OpenRequests } from "../core/memory.ts";
import type { Message } from "../core/message.ts";
import { spansOf } from "../protocols/json/spans.ts";
import { correlate } from "./correlate.ts";

const HEAD = /^\s*\{\s*"jsonrpc"\s*:\s*"2\.0"\s*,\s*"id"\s*:\s*(-?\d{1,15}|"[^"\\]{0,100}")\s*,\s*"result"\s*:/;
const HEAD_OF_RESULT = /^\s*\{\s*"result"\s*:/;
const TAIL = /\}\s*,\s*"jsonrpc"\s*:\s*"2\.0"\s*,\s*"id"\s*:\s*(-?\d{1,15}|"[^"\\]{0,100}")\s*\}\s*$/;

/** Answers to these must be parsed whatever their size: they define what the model may use. */
const definingMethods = new Set([
  "initialize",
  "server/discover",
  "tools/list",
  "prompts/list",
  "resources/list",
  "resources/templates/list",
]);

/**
 * A large result whose text concerns no detector, read by its first or last bytes only. Undefined
 * where that cannot be done safely; then it is parsed whole.
 */
export function readEnvelope(bytes: Uint8Array, memory: Readonly<Memory>): Message | undefined {
  if (opensDefinitions(memory.pending)) return undefined;
  const idText = idAtEdge(bytes);
  if (idText === undefined || !isOnlyId(bytes)) return undefined;
  const id: unknown = JSON.parse(idText);
  if (typeof id !== "number" && typeof id !== "string") return undefined;
  const message = correlate({ bytes, value: { id, result: {} }, oddities: [] }, "to-client", memory);
  return message.answers?.id === id ? { ...message, value: undefined } : undefined;
}

/** With a second id, also one whose name is written with escapes, some receiver could read that one. */
function isOnlyId(bytes: Uint8Array): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer.indexOf('"id"') === buffer.lastIndexOf('"id"') && !buffer.includes("\\u006")) return true;
  return spansOf(bytes).members?.filter(({ key }) => key === "id").length === 1;
}

function idAtEdge(bytes: Uint8Array): string | undefined {
  const head = latin1(bytes.subarray(0, 256));
  const atHead = HEAD.exec(head)?.[1];
  if (atHead !== undefined) return atHead;
  return HEAD_OF_RESULT.test(head) ? TAIL.exec(latin1(bytes.subarray(-256)))?.[1] : undefined;
}

/** True where an answer may come that defines what the model can use. */
export function opensDefinitions({ fromClient }: OpenRequests): boolean {
  if (fromClient.size > 64) return true;
  for (const open of fromClient.values()) {
    if (open.some(({ method }) => definingMethods.has(method))) return true;
  }
  return false;
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
}
