import type { JsonValue } from "../../../src/core/json.ts";
import type { Message } from "../../../src/core/message.ts";
import type { Passage } from "../../../src/core/passage.ts";
import { a2aRoles } from "../../../src/protocols/a2a-roles.ts";
import { readPassages } from "../../../src/protocols/read-passages.ts";

/** The passages of a message that belongs to a method, with or without an envelope. */
export function passagesOf(method: string | undefined, value: JsonValue): readonly Passage[] {
  const message: Message = {
    bytes: new Uint8Array(),
    value,
    kind: "unknown",
    id: undefined,
    method,
    target: undefined,
    modern: false,
    answers: undefined,
    oddities: [],
  };
  return [...readPassages(value, a2aRoles(message))];
}

/** Each text with its role; member names are written with a colon behind them. */
export function rolesOf(method: string | undefined, value: JsonValue): Record<string, string> {
  return Object.fromEntries(
    passagesOf(method, value).map(({ role, text, isKey }) => [isKey ? `${text}:` : text, role]),
  );
}
