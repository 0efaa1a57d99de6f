import type { JsonValue } from "../core/json.ts";
import type { Memory } from "../core/memory.ts";
import type { Direction, Message, Oddity } from "../core/message.ts";
import type { Passage } from "../core/passage.ts";
import type { Protocol } from "../core/session.ts";
import { classify } from "../protocols/a2a/classify.ts";
import { isBareCard } from "../protocols/a2a/card-definitions.ts";
import { a2aRoles } from "../protocols/a2a-roles.ts";
import { countMembers } from "../protocols/json/count-members.ts";
import { countOwnMembers } from "../protocols/json/count-own-members.ts";
import { embeddedValues } from "../protocols/json/embedded.ts";
import { firstWins } from "../protocols/json/first-wins.ts";
import { foldNames } from "../protocols/fold-names.ts";
import { mcpRoles } from "../protocols/mcp-roles.ts";
import { readPassages } from "../protocols/read-passages.ts";
import { correlate, otherMethods } from "./correlate.ts";

/** One way of reading bytes. `isForeign` where its places are not those of the bytes: nothing can be mended there. */
export type Read = { message: Message; passages: Iterable<Passage>; isForeign?: true };

/** The first is the one that receivers share. */
export type Readings = [Read, ...Read[]];

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
 * A parsed message, as different receivers read it: of duplicate members some keep the first, some
 * ignore the case of names, and what an answer without its request means is anybody's guess.
 */
export function readMessage(
  bytes: Uint8Array,
  text: string,
  value: JsonValue,
  oddities: readonly Oddity[],
  reader: Reader,
): Readings {
  const hasDuplicates = countMembers(text) !== countOwnMembers(value);
  const first = readValue(bytes, value, hasDuplicates ? [...oddities, "duplicate-key"] : oddities, reader);
  const readings: Readings = [first];
  if (hasDuplicates) readings.push(silent(readValue(bytes, firstWins(text), [], reader)));
  if (reader.direction === "to-server") return readings;
  const folded = foldNames(value);
  if (folded !== value) readings.push({ ...silent(readValue(bytes, folded, [], reader)), isForeign: true });
  for (const method of otherMethods(first.message)) {
    const message = { ...first.message, method, oddities: [] };
    readings.push({ message, passages: readPassages(value, roles(message, reader)) });
  }
  return readings;
}

function readValue(bytes: Uint8Array, value: JsonValue, oddities: readonly Oddity[], reader: Reader): Read {
  const correlated = correlate({ bytes, value, oddities }, reader.direction, reader.memory);
  const isCard = reader.protocol === "a2a" && reader.direction === "to-client" && isBareCard(value);
  const message = isCard ? { ...correlated, method: "GetAgentCard" } : correlated;
  return { message, passages: readPassages(value, roles(message, reader)) };
}

/** Oddities are told of once. */
function silent({ message, passages }: Read): Read {
  return { message: { ...message, oddities: [] }, passages };
}

/** A line that is no JSON, and the messages that a lenient receiver could still find in it. */
export function readBrokenLine(bytes: Uint8Array, text: string, reader: Reader): Readings {
  const embedded = embeddedValues(text).flatMap(({ value }) => value);
  const others = embedded.map((value): Read => ({ ...silent(readValue(bytes, value, [], reader)), isForeign: true }));
  return [readPlainText(bytes, text, "not-json", reader), ...others];
}

/** Text without a message's structure: a receiver may still show it to someone. */
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
  // Cards may come from servers that were taken for those of MCP.
  const isCard = classify(message.method ?? "")?.kind === "card";
  return protocol === "a2a" || isCard ? a2aRoles(message) : mcpRoles(message, direction === "to-server");
}
