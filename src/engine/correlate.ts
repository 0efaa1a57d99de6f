import { classify } from "../protocols/a2a/classify.ts";
import { listMembers } from "../protocols/definitions.ts";
import { isObject, stringAt, valueAt, type JsonValue } from "../core/json.ts";
import type { Memory } from "../core/memory.ts";
import type { Direction, Message, MessageKind, Oddity, PendingRequest, RequestId } from "../core/message.ts";

/** Requests of this side wait for an answer from the other. */
export function pendingOf(memory: Readonly<Memory>, direction: Direction): Map<string, PendingRequest[]> {
  return direction === "to-server" ? memory.pending.fromClient : memory.pending.fromServer;
}

/**
 * SDK clients coerce an answer's id with `Number(id)`: "1", " 1 " and "0x1" all answer request 1.
 * So ids that coerce to the same number share a key.
 */
export function looseKey(id: RequestId): string {
  if (typeof id === "number") return `n${id}`;
  if (id === null) return "null";
  const number = id.trim() === "" ? Number.NaN : Number(id);
  return Number.isNaN(number) ? `s${id}` : `n${number}`;
}

type Input = { bytes: Uint8Array; value: JsonValue | undefined; oddities: readonly Oddity[] };

/** Says what a parsed message is, and which request it answers. */
export function correlate(input: Input, direction: Direction, memory: Readonly<Memory>): Message {
  const { bytes, value, oddities } = input;
  const kind = kindOf(value, direction);
  const id = idOf(value);
  if (kind === "response") return response(input, id, direction, memory);
  const method = stringAt(value, "method");
  return {
    bytes,
    value,
    kind,
    id,
    method,
    target: targetOf(value, memory),
    modern: isModern(value),
    answers: undefined,
    oddities,
  };
}

function response(
  { bytes, value, oddities }: Input,
  id: RequestId | undefined,
  direction: Direction,
  memory: Readonly<Memory>,
): Message {
  const answers = id === undefined ? undefined : answered(memory, direction, id);
  return {
    bytes,
    value,
    kind: "response",
    id,
    // A strict receiver does not take a loosely matching answer for that one: what it could define counts.
    method: answers !== undefined && answers.id === id ? answers.method : (guessedMethods(value)[0] ?? answers?.method),
    target: answers?.target,
    modern: answers?.modern ?? false,
    answers,
    oddities: isErrorAboutNothing(value) ? oddities : withIdOddity(oddities, id, answers),
  };
}

/** Where a request could not be read, JSON-RPC wants an error whose id is null. */
function isErrorAboutNothing(value: JsonValue | undefined): boolean {
  return valueAt(value, "id") === null && isObject(valueAt(value, "error"));
}

function withIdOddity(
  oddities: readonly Oddity[],
  id: RequestId | undefined,
  answers: PendingRequest | undefined,
): readonly Oddity[] {
  if (answers === undefined) return [...oddities, "uncorrelated-response"];
  return answers.id === id ? oddities : [...oddities, "loosely-matched-id"];
}

/** With both a method and a result, the reading that can do more harm to the receiver counts. */
function kindOf(value: JsonValue | undefined, direction: Direction): MessageKind {
  if (!isObject(value)) return "unknown";
  const isAnswer = "result" in value || "error" in value;
  const isCall = typeof value["method"] === "string";
  if (isAnswer && (!isCall || direction === "to-client")) return "response";
  if (!isCall) return "unknown";
  return "id" in value ? "request" : "notification";
}

function idOf(value: JsonValue | undefined): RequestId | undefined {
  const id = valueAt(value, "id");
  return typeof id === "string" || typeof id === "number" || id === null ? id : undefined;
}

/** The exact id first: ids 1 and "1" may both be open. */
function answered(memory: Readonly<Memory>, direction: Direction, id: RequestId): PendingRequest | undefined {
  const open = pendingOf(memory, direction === "to-client" ? "to-server" : "to-client").get(looseKey(id));
  return open?.find((request) => request.id === id) ?? open?.[0];
}

/** The form of an answer to no request tells what its receiver could take it for. */
function guessedMethods(value: JsonValue | undefined): string[] {
  const result = valueAt(value, "result");
  if (!isObject(result)) return [];
  const methods = Object.entries(listMembers).flatMap(([method, member]) =>
    Array.isArray(result[member]) ? method : [],
  );
  if (typeof result["instructions"] === "string") methods.push("initialize");
  return methods;
}

/** What an answer that fits no request exactly could be taken for, besides what its `method` says. */
export function otherMethods({ kind, id, method, value, answers }: Message): string[] {
  if (kind !== "response" || (answers !== undefined && answers.id === id)) return [];
  const methods = new Set(guessedMethods(value));
  if (answers !== undefined) methods.add(answers.method);
  methods.delete(method ?? "");
  return [...methods];
}

/** The tool, prompt or resource a request names, or the tool whose task it asks about. */
function targetOf(value: JsonValue | undefined, { tasks }: Readonly<Memory>): string | undefined {
  const params = valueAt(value, "params");
  const named = stringAt(params, "name") ?? stringAt(params, "uri") ?? tasks.get(stringAt(params, "taskId") ?? "");
  // An agent may have another card for each tenant.
  const isCard = classify(stringAt(value, "method") ?? "")?.kind === "card";
  return named ?? (isCard ? stringAt(params, "tenant") : undefined);
}

/** Requests since 2026-07-28 carry their protocol version with them. */
function isModern(value: JsonValue | undefined): boolean {
  return stringAt(value, "params", "_meta", "io.modelcontextprotocol/protocolVersion") !== undefined;
}
