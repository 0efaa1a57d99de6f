import { isObject, type JsonObject, type JsonValue } from "../../core/json.ts";
import type { Direction, RequestId } from "../../core/message.ts";

/** What a message says about where it belongs. */
export type Heading =
  | { kind: "request"; id: RequestId; method: string; value: JsonObject }
  | { kind: "notification"; method: string; value: JsonObject }
  | { kind: "response"; id: RequestId; value: JsonObject };

/** Undefined for what is no message. Where it has both a method and a result it is taken as the engine takes it. */
export function headingOf(value: JsonValue | undefined, direction: Direction): Heading | undefined {
  if (!isObject(value)) return undefined;
  const { method, id } = value;
  const isAnswer = "result" in value || "error" in value;
  if (isAnswer && (typeof method !== "string" || direction === "to-client"))
    return isId(id) ? { kind: "response", id, value } : undefined;
  if (typeof method !== "string") return undefined;
  if (!("id" in value)) return { kind: "notification", method, value };
  return isId(id) ? { kind: "request", id, method, value } : undefined;
}

function isId(id: JsonValue | undefined): id is RequestId {
  return typeof id === "string" || typeof id === "number" || id === null;
}
