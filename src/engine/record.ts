import type { EventDraft, EventType } from "../core/event.ts";
import { severities, type Finding } from "../core/finding.ts";
import type { JsonObject } from "../core/json.ts";
import type { Direction, Message } from "../core/message.ts";
import type { Action, Judged, Verdict } from "../core/verdict.ts";
import { maskSecrets } from "../detectors/secrets/mask-secrets.ts";
import { isCall, type Failure } from "./step.ts";

/** A flood of findings in one message is one event with a count, not a flood of events. */
const MAX_EVENTS = 20;

const definitionRoles = new Set([
  "tools/list",
  "prompts/list",
  "initialize",
  "server/discover",
  "resources/list",
  "resources/templates/list",
  "GetAgentCard",
  "GetExtendedAgentCard",
  "agent/getAuthenticatedExtendedCard",
  "agent/authenticatedExtendedCard",
]);

const eventTypes: Readonly<Record<string, EventType>> = {
  "prompt-injection": "prompt_injection",
  "tool-poisoning": "tool_poisoning",
  "rug-pull": "rug_pull",
  "secret-leak": "secret_leak",
  "sensitive-resource": "suspicious_resource",
  "suspicious-prompt": "suspicious_prompt",
  "rate-limit": "rate_limit",
  anomaly: "anomaly",
  access: "tool_blocked",
  "message-integrity": "protocol_oddity",
};

function eventTypeOf(finding: Finding, message: Message): EventType {
  if (finding.detector === "hidden-text")
    return definitionRoles.has(message.method ?? "") ? "tool_poisoning" : "prompt_injection";
  return eventTypes[finding.detector] ?? "suspicious_request";
}

export type Context = { direction: Direction; message: Message; nameAt(at: string): string | undefined };

/** The events of a message's findings: one for each rule and place, the strictest first. */
export function findingEvents(verdict: Verdict, context: Context): EventDraft[] {
  const groups = grouped(verdict.findings, context);
  const events = groups.slice(0, MAX_EVENTS).map((group) => findingEvent(group, context));
  const rest = groups.length - events.length;
  const last = events.at(-1);
  if (rest > 0 && last !== undefined) last.details["further_findings"] = rest;
  return events;
}

function grouped(findings: readonly Judged[], context: Context): Judged[][] {
  const groups = new Map<string, Judged[]>();
  for (const judged of findings) {
    const { detector, rule, at } = judged.finding;
    // Tools left out by the allow list are one event for the whole list.
    const place = detector === "access" ? "" : (context.nameAt(at) ?? at);
    const key = `${judged.action} ${detector}/${rule} ${place}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [judged]);
    else group.push(judged);
  }
  return [...groups.values()].sort((a, b) => rank(b) - rank(a));
}

const order: readonly Action[] = ["allow", "redact", "hide", "hold", "block"];

function rank([first]: readonly Judged[]): number {
  return first === undefined ? 0 : order.indexOf(first.action) * 10 + severities.indexOf(first.finding.severity);
}

function findingEvent(group: readonly Judged[], context: Context): EventDraft {
  const [{ finding, action }] = group as readonly [Judged];
  const { message, direction } = context;
  const details: JsonObject = {
    at: finding.at,
    evidence: finding.evidence,
    confidence: finding.confidence,
    fix: finding.fix,
  };
  if (group.length > 1) details["count"] = group.length;
  if (finding.family !== undefined) details["family"] = finding.family;
  return withoutSecrets({
    event_type: eventTypeOf(finding, message),
    severity: finding.severity,
    message: finding.because,
    blocked: action === "hide" || action === "hold" || action === "block",
    details,
    direction,
    method: message.method ?? null,
    tool: context.nameAt(finding.at) ?? toolOf(message),
    detector: finding.detector,
    rule: finding.rule,
    action,
  });
}

/** One line for each request that was answered; `latency` in milliseconds. */
export function messageEvent(message: Message, direction: Direction, latency: number | undefined): EventDraft {
  const request = message.answers;
  const details: JsonObject = { request_bytes: request?.bytes ?? 0, response_bytes: message.bytes.length };
  if (latency !== undefined) details["latency_ms"] = Math.round(latency * 100) / 100;
  if (request?.shape !== undefined) details["shape"] = request.shape;
  return withoutSecrets({
    event_type: "message",
    severity: "info",
    message: `${message.method ?? "request"} answered`,
    blocked: false,
    details,
    direction,
    method: message.method ?? null,
    tool: toolOf(message),
    detector: null,
    rule: null,
    action: "allow",
  });
}

/** A part of the guard that failed; what it failed on was still decided by `on_guard_error`. */
export function failureEvent(
  failure: Failure,
  context: Pick<Context, "direction" | "message">,
  action: Action,
): EventDraft {
  return withoutSecrets({
    event_type: "guard_error",
    severity: "medium",
    message: `The detector ${failure.detector} failed on a message: ${failure.what}`,
    blocked: action === "block",
    details: {},
    direction: context.direction,
    method: context.message.method ?? null,
    tool: toolOf(context.message),
    detector: failure.detector,
    rule: "failure",
    action,
  });
}

/** Names and places are the sender's words, too. */
function withoutSecrets(draft: EventDraft): EventDraft {
  const { at } = draft.details;
  return {
    ...draft,
    message: maskSecrets(draft.message),
    method: draft.method === null ? null : maskSecrets(draft.method),
    tool: draft.tool === null ? null : maskSecrets(draft.tool),
    details: typeof at === "string" ? { ...draft.details, at: maskSecrets(at) } : draft.details,
  };
}

function toolOf(message: Message): string | null {
  return isCall(message) ? (message.target ?? null) : null;
}
