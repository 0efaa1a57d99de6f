import { stringAt } from "../core/json.ts";
import type { Message } from "../core/message.ts";
import type { Policy } from "../core/policy.ts";
import type { Verdict } from "../core/verdict.ts";
import { toolsOf } from "../protocols/definitions.ts";
import { cardStandIn } from "./card-stand-in.ts";
import { foldCall, foldNotification, foldRequest, foldResponse, foldTails, type Span } from "./fold.ts";
import type { Arrival, Guard } from "./guard.ts";
import type { Objection, Outcome } from "./outcome.ts";
import { refusal } from "./refusal.ts";
import { heldForm } from "./held-form.ts";
import { rewrite } from "./rewrite.ts";
import { shapeOf } from "./shape.ts";

/** Far more than the definitions that are pinned, and fewer than a memory holds. */
const MAX_HIDDEN = 100_000;

export type Enforced = Pick<Outcome, "forward" | "answers" | "held">;

type Case = {
  guard: Guard;
  arrival: Arrival;
  message: Message;
  verdict: Verdict;
  objections: readonly Objection[];
  eventId: string;
};

/** Turns a verdict into bytes for receiver and sender, and remembers what went on. */
export function enforce({ guard, arrival, message, verdict, objections, eventId }: Case): Enforced {
  const { action } = verdict;
  noteHidden(guard, message, verdict, objections);
  if (action === "hold" && message.kind !== "response" && message.kind !== "unknown") {
    const form = heldForm(message, eventId);
    const pendingId = guard.options.pendingId({ kind: "call", name: message.target ?? message.method ?? "", form });
    return {
      forward: undefined,
      answers: [],
      held: [{ direction: arrival.direction, message, verdict, eventId, pendingId, pending: arrival.pending }],
    };
  }
  if (action === "block" || (action === "hold" && !isKept(guard, message)))
    return refused(guard, arrival, message, verdict, eventId);
  noteForwarded(guard, arrival, message);
  const forward = action === "allow" ? message.bytes : rewrite(message, verdict, guard.memory.baseline);
  return { forward, answers: [], held: [] };
}

/** Lists and the opening answer arrive without what is held in them, cards in their approved form. */
function isKept({ memory }: Guard, message: Message): boolean {
  if (cardStandIn(memory.baseline, message) !== undefined) return true;
  return (
    message.kind === "response" &&
    /^(initialize|server\/discover|(tools|prompts|resources|resources\/templates)\/list)$/.test(message.method ?? "")
  );
}

/** Refuses a request to its sender, replaces a response for its receiver, drops the rest. */
export function refused(
  guard: Guard,
  arrival: Pick<Arrival, "direction">,
  message: Message,
  verdict: Verdict,
  eventId: string,
): Enforced {
  const next = verdict.findings.some(({ finding }) => finding.rule === "hidden")
    ? "Ask the user to review it: npx mcpguard pending"
    : "The user can see why with: npx mcpguard analyze --limit 20";
  const reply = refusal(message, verdict, { protocol: guard.session.protocol, eventId, next });
  if (message.kind !== "response") return { forward: undefined, answers: reply === undefined ? [] : [reply], held: [] };
  foldResponse(guard.memory, arrival.direction, message);
  return { forward: reply, answers: [], held: [] };
}

/** Remembers a message that goes on to its receiver. */
export function noteForwarded(
  { memory, policy, session }: Guard,
  { direction, now }: Pick<Arrival, "direction" | "now">,
  message: Message,
): void {
  if (message.kind === "response") foldResponse(memory, direction, message);
  if (session.protocol === "a2a") foldTails(memory, message);
  if (message.kind === "notification") foldNotification(memory, direction, message);
  if (message.kind !== "request") return;
  foldRequest(memory, direction, message, now, policy.logMessages ? shapeOf(message.value) : undefined);
  if (direction === "to-server") foldCall(memory, message.method ?? "", now, askedAbout(policy));
}

/** Anomalies are told by the last minute. */
const MINUTE = 60_000;

function askedAbout({ rateLimits }: Policy): Span {
  return {
    calls: Math.max(0, ...rateLimits.map(({ limit }) => limit)),
    milliseconds: Math.max(MINUTE, ...rateLimits.map(({ windowMs }) => windowMs)),
  };
}

/** Calls to a tool that the client was not shown are refused until it is shown again, in an answer it waits for. */
function noteHidden({ memory }: Guard, message: Message, verdict: Verdict, objections: readonly Objection[]): void {
  if (message.answers !== undefined && verdict.action !== "block") {
    for (const tool of toolsOf(message)) memory.hidden.delete(stringAt(tool, "name") ?? "");
  }
  for (const { definition, findings, isHidden } of objections) {
    const { kind, name, form } = definition;
    if (kind === "tool" && isHidden && memory.hidden.size < MAX_HIDDEN)
      memory.hidden.set(name, { form, because: findings[0]?.because ?? "" });
  }
}
