import type { OpenRequests } from "../../core/memory.ts";
import { looseKey } from "../../engine/correlate.ts";
import { parse } from "../../engine/read-message.ts";
import { decode, spansOf } from "../../protocols/json/spans.ts";

export const PARSE_ERROR = -32_700;
export const INVALID_REQUEST = -32_600;
export const INTERNAL_ERROR = -32_603;
/** https://modelcontextprotocol.io/specification/2026-07-28/basic/transports */
export const HEADER_MISMATCH = -32_020;

/** A JSON-RPC error answer; `id` is JSON text. */
export function rpcError(id: string, code: number, message: string): Buffer {
  return Buffer.from(`{"jsonrpc":"2.0","id":${id},"error":${JSON.stringify({ code, message })}}`);
}

/** The ids of the requests in a message or batch, exactly as they were written. */
export function requestIds(bytes: Uint8Array): string[] {
  const root = spansOf(bytes);
  return (root.items ?? [root]).flatMap(({ members = [] }) => {
    const id = members.findLast(({ key }) => key === "id");
    const isRequest = members.some(({ key }) => key === "method");
    return id === undefined || !isRequest ? [] : [decode(bytes, id.value.start, id.value.end)];
  });
}

/** Those of them that wait for an answer in `pending`. */
export function openIds(bytes: Uint8Array, { fromClient }: OpenRequests): string[] {
  return requestIds(bytes).filter((id) => {
    const value = parse(id);
    if (typeof value !== "string" && typeof value !== "number") return false;
    return fromClient.get(looseKey(value))?.some((request) => request.id === value) === true;
  });
}

/** One error for every request in `bytes`; one without an id where there is none. */
export function errorsFor(bytes: Uint8Array, code: number, message: string): Buffer {
  const errors = requestIds(bytes).map((id) => rpcError(id, code, message));
  const [first = rpcError("null", code, message)] = errors;
  return errors.length < 2 ? first : joined(errors);
}

/** Several messages as a batch. */
export function joined(messages: readonly Uint8Array[]): Buffer {
  return Buffer.concat([
    Buffer.from("["),
    ...messages.flatMap((message, index) => (index === 0 ? [message] : [Buffer.from(","), message])),
    Buffer.from("]"),
  ]);
}
