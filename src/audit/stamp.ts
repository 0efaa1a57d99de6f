import { randomBytes } from "node:crypto";
import type { Event, EventDraft } from "../core/event.ts";
import type { Session } from "../core/session.ts";

/** Without the letters that are easily mistaken for a digit or for each other. */
const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

const idLength = 10;
/** Asking the system for randomness once per id was half the cost of a message. */
const idsPerDraw = 256;
let pool = randomBytes(0);
let drawn = 0;

/** Ten characters, 50 random bits: short enough to type. */
export function newEventId(): string {
  if (drawn >= pool.length) {
    pool = randomBytes(idLength * idsPerDraw);
    drawn = 0;
  }
  let id = "";
  for (const byte of pool.subarray(drawn, drawn + idLength)) id += alphabet[byte & 31];
  drawn += idLength;
  return id;
}

/** Adds to a draft what the adapter knows: the time (`now` in milliseconds since 1970), the id and the session's facts. */
export function stampEvent(draft: EventDraft, session: Session, now: number, id: string): Event {
  return {
    v: 1,
    timestamp: new Date(now).toISOString(),
    event_type: draft.event_type,
    severity: draft.severity,
    message: draft.message,
    blocked: draft.blocked,
    details: draft.details,
    session: session.id,
    client: session.client,
    server: session.server,
    transport: session.transport,
    protocol: session.protocol,
    direction: draft.direction,
    method: draft.method,
    tool: draft.tool,
    detector: draft.detector,
    rule: draft.rule,
    action: draft.action,
    id,
  };
}
