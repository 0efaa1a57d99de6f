import type { Event, EventType } from "../../core/event.ts";
import type { PendingItem } from "../../core/pending.ts";

const types: Readonly<Record<PendingItem["reason"], EventType>> = {
  changed: "rug_pull",
  poisoned: "tool_poisoning",
  held: "tool_blocked",
};

/** Why something waits, as what follows its name in a sentence. */
export const reasonsToWait: Readonly<Record<PendingItem["reason"], string>> = {
  changed: "changed since it was approved",
  poisoned: "holds text that could mislead the model",
  held: "waits for permission to run",
};

/** An item that waits, told as the event that made it wait. */
export function pendingEvent(item: PendingItem): Event {
  const finding = item.findings[0];
  return {
    v: 1,
    timestamp: item.since,
    event_type: types[item.reason],
    severity: finding?.severity ?? "high",
    message: `${item.kind} ${item.name} ${reasonsToWait[item.reason]}`,
    blocked: true,
    details: { pending: item.id, reason: item.reason, kind: item.kind },
    session: item.session,
    client: item.client,
    server: item.server,
    transport: item.transport,
    protocol: item.protocol,
    direction: item.kind === "call" ? "to-server" : "to-client",
    method: item.kind === "call" ? "tools/call" : null,
    tool: item.name,
    detector: finding?.detector ?? null,
    rule: finding?.rule ?? null,
    action: "hold",
    id: item.id,
  };
}
