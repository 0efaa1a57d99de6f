import type { Severity } from "./finding.ts";
import type { Direction } from "./message.ts";
import type { Protocol, Transport } from "./session.ts";
import type { Action } from "./verdict.ts";
import type { JsonValue } from "./json.ts";

export const eventTypes = [
  "message",
  "prompt_injection",
  "tool_poisoning",
  "hidden_text",
  "rug_pull",
  "secret_leak",
  "suspicious_resource",
  "suspicious_prompt",
  "suspicious_request",
  "protocol_oddity",
  "anomaly",
  "rate_limit",
  "tool_blocked",
  "decision",
  "upstream_error",
  "guard_error",
  "config_reload",
  "session_start",
  "session_end",
] as const;
export type EventType = (typeof eventTypes)[number];

/** One line of the audit log. The names up to `blocked` are shared with older logs and stay. */
export type Event = {
  v: 1;
  /** ISO 8601, UTC, with milliseconds. */
  timestamp: string;
  event_type: EventType;
  severity: Severity;
  message: string;
  blocked: boolean;
  /** Shapes, sizes, hashes and masked evidence; never a secret, never whole arguments. */
  details: { [key: string]: JsonValue };
  session: string;
  client: string;
  server: string;
  transport: Transport;
  protocol: Protocol;
  direction: Direction | null;
  method: string | null;
  tool: string | null;
  detector: string | null;
  rule: string | null;
  action: Action | null;
  id: string;
  /** SHA-256 of the writer's line before this one; null on a writer's first line. */
  prev?: string | null;
};

/** An event before the adapter stamps it with a time, an id and its session's facts. */
export type EventDraft = Omit<
  Event,
  "v" | "timestamp" | "id" | "prev" | "session" | "client" | "server" | "transport" | "protocol"
>;
