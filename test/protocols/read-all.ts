import type { JsonValue } from "../../src/core/json.ts";
import type { Passage } from "../../src/core/passage.ts";
import type { Direction, Message } from "../../src/core/message.ts";
import { correlate } from "../../src/engine/correlate.ts";
import { newMemory } from "../../src/engine/memory.ts";
import { mcpRoles } from "../../src/protocols/mcp-roles.ts";
import { readPassages } from "../../src/protocols/read-passages.ts";

/** Reads a request's parameters, a result, or an error as they stand in a message of this method. */
export function readPart(
  method: string,
  part: "params" | "result" | "error",
  value: JsonValue,
  direction: Direction,
): readonly Passage[] {
  const whole: JsonValue =
    part === "params" ? { jsonrpc: "2.0", id: 1, method, params: value } : { jsonrpc: "2.0", id: 1, [part]: value };
  const message: Message = {
    ...correlate({ bytes: new Uint8Array(), value: whole, oddities: [] }, direction, newMemory()),
    method,
  };
  return [...readPassages(whole, mcpRoles(message, direction === "to-server"))];
}

/** Each text with its role; member names are written with a colon behind them. */
export function rolesIn(...given: Parameters<typeof readPart>): Record<string, string> {
  const passages = readPart(...given);
  return Object.fromEntries(passages.map(({ role, text, isKey }) => [isKey ? `${text}:` : text, role]));
}
