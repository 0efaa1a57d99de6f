import type { EventDraft, EventType } from "../core/event.ts";
import type { JsonObject } from "../core/json.ts";

/** An event about the session rather than about a message. */
export function sessionEvent(eventType: EventType, message: string, details: JsonObject): EventDraft {
  return {
    event_type: eventType,
    severity: "info",
    message,
    blocked: false,
    details,
    direction: null,
    method: null,
    tool: null,
    detector: null,
    rule: null,
    action: null,
  };
}
