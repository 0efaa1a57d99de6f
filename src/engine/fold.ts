import { isObject, stringAt, valueAt, type JsonObject, type JsonValue } from "../core/json.ts";
import type { Memory } from "../core/memory.ts";
import type { Direction, Message } from "../core/message.ts";
import { countSince } from "../detectors/calls/count-since.ts";
import { classify } from "../protocols/a2a/classify.ts";
import { toolsOf } from "../protocols/definitions.ts";
import type { Judged } from "../core/verdict.ts";
import { tailsAfter } from "./carried.ts";
import { looseKey, pendingOf } from "./correlate.ts";

// A server or client that never answers must not make the memory grow.
const MAX_PENDING = 10_000;
/** Ids that coerce to the same number share a key. */
const MAX_SAME_ID = 16;
/** Characters of an id or a name. */
const MAX_NAME = 1024;
const MAX_METHODS = 256;
const MAX_TOOLS = 10_000;
/** Tasks, and subscriptions. */
const MAX_TASKS = 1000;
/** Ends of texts that come in pieces; the one unused for longest is forgotten first. */
const MAX_TAILS = 512;
/** As many calls as the largest default limit of any rate or burst rule asks about. */
const MIN_RECENT = 512;

/** Remembers a request that went on to its receiver. */
export function foldRequest(
  memory: Memory,
  direction: Direction,
  message: Message,
  now: number | undefined,
  shape: JsonObject | undefined,
): void {
  if (message.id === undefined || message.method === undefined || String(message.id).length > MAX_NAME) return;
  const pending = pendingOf(memory, direction);
  if (pending.size >= MAX_PENDING) pending.delete(pending.keys().next().value ?? "");
  const key = looseKey(message.id);
  const request = {
    id: message.id,
    method: message.method.slice(0, MAX_NAME),
    target: message.target?.slice(0, MAX_NAME),
    modern: message.modern,
    startedAt: now,
    shape,
    bytes: message.bytes.length,
  };
  const same = pending.get(key);
  const others = same === undefined ? [] : same.filter((other) => other.id !== message.id).slice(-MAX_SAME_ID);
  others.push(request);
  pending.set(key, others);
  const isSubscription = message.method === "subscriptions/listen" && direction === "to-server";
  if (!isSubscription || message.id === null) return;
  if (memory.subscriptions.size >= MAX_TASKS)
    memory.subscriptions.delete(memory.subscriptions.keys().next().value ?? "");
  memory.subscriptions.set(key, message.id);
}

/** Forgets what a response answered, and learns from it. A stream answers one request many times. */
export function foldResponse(memory: Memory, direction: Direction, message: Message): void {
  const { answers } = message;
  if (answers !== undefined && opensStream(answers.method)) answers.begun = true;
  else if (answers !== undefined) forget(memory, direction === "to-client" ? "to-server" : "to-client", answers.id);
  if (message.method === "initialize" && "result" in asObject(message.value)) memory.initialized = true;
  foldTask(memory, message);
  if (message.method === "roots/list") memory.roots = rootsOf(message.value);
  for (const tool of toolsOf(message)) {
    const name = stringAt(tool, "name");
    if (name !== undefined && memory.tools.size < MAX_TOOLS) memory.tools.set(name, tool);
  }
}

function opensStream(method: string): boolean {
  const kind = classify(method)?.kind;
  return kind === "stream" || kind === "subscribe";
}

/** Remembers how texts end that may go on in the next message. */
export function foldTails(memory: Memory, message: Message): void {
  for (const [key, tail] of tailsAfter(memory, message)) {
    memory.tails.delete(key);
    if (memory.tails.size >= MAX_TAILS) memory.tails.delete(memory.tails.keys().next().value ?? "");
    memory.tails.set(key, tail);
  }
}

/** A call that became a task: its result comes later, as the answer to `tasks/result` or `tasks/get`. */
function foldTask({ tasks }: Memory, { method, target, value }: Message): void {
  if (method !== "tools/call" || target === undefined) return;
  const taskId = stringAt(value, "result", "task", "taskId") ?? stringAt(value, "result", "taskId");
  if (taskId === undefined || taskId.length > MAX_NAME) return;
  if (tasks.size >= MAX_TASKS) tasks.delete(tasks.keys().next().value ?? "");
  tasks.set(taskId, target);
}

/** A cancelled request may still be answered; nothing is kept for it. */
export function foldNotification(memory: Memory, direction: Direction, message: Message): void {
  const id = cancelledId(message);
  if (id !== undefined) forget(memory, direction, id);
}

/** The request that a message cancels. */
export function cancelledId({ method, value }: Message): string | number | undefined {
  if (method !== "notifications/cancelled") return undefined;
  const id = valueAt(value, "params", "requestId");
  return typeof id === "string" || typeof id === "number" ? id : undefined;
}

/** How many calls, and for how many milliseconds, rules may ask about. */
export type Span = { calls: number; milliseconds: number };

/** Counts a call that went on to the server; a refused one does not count. */
export function foldCall(memory: Memory, method: string, now: number | undefined, asked: Span): void {
  if (now === undefined) return;
  memory.startedAt ??= now;
  const key = memory.calls.has(method) || memory.calls.size < MAX_METHODS ? method : "*";
  const times = memory.calls.get(key) ?? { recent: [], total: 0 };
  times.total++;
  times.recent.push(now);
  const kept = Math.max(MIN_RECENT, asked.calls);
  if (times.recent.length > 2 * kept) times.recent.splice(0, times.recent.length - kept);
  // A limit that is never reached would keep them all.
  if (times.recent.length % MIN_RECENT === 0)
    times.recent.splice(0, times.recent.length - countSince(times.recent, now - asked.milliseconds));
  memory.calls.set(key, times);
}

/** Notes what was reported, so that the same thing is not said with every message. */
export function foldFindings(
  memory: Memory,
  message: Message,
  judged: readonly Judged[],
  now: number | undefined,
): void {
  for (const oddity of message.oddities) memory.oddities.set(oddity, (memory.oddities.get(oddity) ?? 0) + 1);
  for (const { finding } of judged) {
    if (finding.detector === "anomaly" && now !== undefined) {
      memory.anomalies.set(finding.rule, now).set(`${finding.rule}:${message.method ?? ""}`, now);
    }
  }
}

function forget(memory: Memory, direction: Direction, id: string | number | null): void {
  const pending = pendingOf(memory, direction);
  const key = looseKey(id);
  const open = pending.get(key);
  if (direction === "to-server") memory.subscriptions.delete(key);
  const others = open === undefined || open.length < 2 ? [] : open.filter((request) => request.id !== id);
  if (others.length === 0) pending.delete(key);
  else pending.set(key, others);
}

function rootsOf(value: JsonValue | undefined): string[] {
  const roots = valueAt(value, "result", "roots");
  if (!Array.isArray(roots)) return [];
  return roots.map((root) => stringAt(root, "uri")).filter((uri) => uri !== undefined);
}

function asObject(value: JsonValue | undefined): object {
  return isObject(value) ? value : {};
}
