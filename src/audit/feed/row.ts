import type { Event } from "../../core/event.ts";
import { harmless } from "../../text/harmless.ts";

type Text = "client" | "server" | "method" | "tool" | "severity" | "session" | "detector" | "rule";

/** An event as the feed shows it: every text harmless and on one line, made once per event. */
export type Row = Readonly<Record<Text, string>> & {
  /** The event's id. */
  readonly id: string;
  readonly event: Event;
  /** Milliseconds since 1970; 0 where the event has no readable time. */
  readonly at: number;
  /** The same as local time, HH:MM:SS. */
  readonly time: string;
  readonly type: string;
  readonly what: string;
  /** The item that waits, or waited, for a decision. */
  readonly pending: string | undefined;
};

/** No row is wider than this; the rest is in the detail. */
const LONGEST = 500;

/** Takes any log line that is an object: logs are copied, edited and written by other versions. */
export function toRow(event: Event, unicode = true): Row {
  const clean = (text: unknown): string => harmless(typeof text === "string" ? text.slice(0, LONGEST) : "", unicode);
  const pending = event.details?.["pending"];
  const at = Date.parse(event.timestamp) || 0;
  return {
    id: clean(event.id),
    event,
    at,
    time: clockTime(at),
    type: clean(event.event_type),
    what: clean(event.message),
    pending: typeof pending === "string" ? pending : undefined,
    client: clean(event.client),
    server: clean(event.server),
    method: clean(event.method),
    tool: clean(event.tool),
    severity: clean(event.severity),
    session: clean(event.session),
    detector: clean(event.detector),
    rule: clean(event.rule),
  };
}

/** `HH:MM:SS` on this machine's clock. */
function clockTime(at: number): string {
  const time = new Date(at);
  const parts = [time.getHours(), time.getMinutes(), time.getSeconds()];
  return parts.map((part) => String(part).padStart(2, "0")).join(":");
}
