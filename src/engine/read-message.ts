import type { JsonValue } from "../core/json.ts";
import type { Memory } from "../core/memory.ts";
import type { Direction, Message, Oddity } from "../core/message.ts";
import type { Passage } from "../core/passage.ts";
import type { Protocol } from "../core/session.ts";
import { a2aRoles } from "../protocols/a2a-roles.ts";
import { countMembers } from "../protocols/json/count-members.ts";
import { countOwnMembers } from "../protocols/json/count-own-members.ts";
import { firstWins } from "../protocols/json/first-wins.ts";
import { mcpRoles } from "../protocols/mcp-roles.ts";
import { readPassages } from "../protocols/read-passages.ts";
import { correlate } from "./correlate.ts";

export type Read = { message: Message; passages: Iterable<Passage> };

/** Surroundings that decide how bytes are read. */
export type Reader = { direction: Direction; protocol: Protocol; memory: Readonly<Memory> };

const BYTE_ORDER_MARK = 0xfeff;

/** The text of a line; a leading byte order mark is no part of it. */
export function textOf(bytes: Uint8Array): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
  return text.charCodeAt(0) === BYTE_ORDER_MARK ? text.slice(1) : text;
}

/** The parsed value, or undefined where the text is no JSON. */
export function parse(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * A parsed message and its passages. Duplicate members give a second reading, of the first of
 * each: receivers differ in which one they keep.
 */
export function readMessage(
  bytes: Uint8Array,
  text: string,
  value: JsonValue,
  oddities: readonly Oddity[],
  reader: Reader,
): Read[] {
  const message = correlate({ bytes, value, oddities }, reader.direction, reader.memory);
  const passages = readPassages(value, roles(message, reader));
  if (countMembers(text) === countOwnMembers(value)) return [{ message, passages }];
  const shadowValue = firstWins(text);
  const shadow = correlate({ bytes, value: shadowValue, oddities: [] }, reader.direction, reader.memory);
  return [
    { message: { ...message, oddities: [...message.oddities, "duplicate-key"] }, passages },
    { message: { ...shadow, oddities: [] }, passages: readPassages(shadowValue, roles(shadow, reader)) },
  ];
}

/** A line that is no JSON: a receiver may still show it to someone. */
export function readPlainText(bytes: Uint8Array, text: string, oddity: Oddity, { direction }: Reader): Read {
  const message: Message = {
    bytes,
    value: undefined,
    kind: "unknown",
    id: undefined,
    method: undefined,
    target: undefined,
    modern: false,
    answers: undefined,
    oddities: [oddity],
  };
  return {
    message,
    passages: [{ role: direction === "to-server" ? "tool-argument" : "tool-result", at: "", text, isKey: false }],
  };
}

function roles(message: Message, { protocol, direction }: Reader): ReturnType<typeof mcpRoles> {
  return protocol === "a2a" ? a2aRoles(message) : mcpRoles(message, direction === "to-server");
}
