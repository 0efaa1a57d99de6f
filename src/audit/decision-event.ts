import type { Event } from "../core/event.ts";
import type { Decision } from "../core/pending.ts";
import { newEventId, stampEvent } from "./stamp.ts";

/** The log's account of a person's decision, with the facts of the session that the item came from. */
export function decisionEvent({ decision, at, item }: Decision): Event {
  const finding = item.findings[0];
  const isApproved = decision === "approve";
  const subject =
    item.kind === "call" ? `the held call of ${item.name}` : `the ${item.reason} ${item.kind} ${item.name}`;
  const draft = {
    event_type: "decision",
    severity: "info",
    message: `A person ${isApproved ? "approved" : "denied"} ${subject}`,
    blocked: false,
    details: { item: item.id, decision, kind: item.kind, reason: item.reason, since: item.since },
    direction: null,
    method: null,
    tool: item.kind === "tool" || item.kind === "call" ? item.name : null,
    detector: finding?.detector ?? null,
    rule: finding?.rule ?? null,
    action: isApproved ? "allow" : "block",
  } as const;
  return stampEvent(draft, { ...item, id: item.session }, Date.parse(at), newEventId());
}
