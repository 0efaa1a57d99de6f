import type { Finding } from "../../core/finding.ts";
import { isObject, stringAt, type JsonValue } from "../../core/json.ts";
import type { Direction } from "../../core/message.ts";
import type { Policy } from "../../core/policy.ts";
import type { Action } from "../../core/verdict.ts";
import { detectorGate } from "../../detectors/gate.ts";
import { detectors } from "../../detectors/index.ts";
import { newServerMemory } from "../../engine/memory.ts";
import { parse, textOf } from "../../engine/read-message.ts";
import { Guard } from "../../engine/guard.ts";
import { locate } from "../../protocols/json/locate.ts";
import { spansOf } from "../../protocols/json/spans.ts";

/** One line of `replay --json`. */
export type ReplayedLine = {
  line: number;
  session: string;
  action: Action;
  findings: Pick<Finding, "detector" | "rule" | "severity" | "confidence" | "at" | "because">[];
};

/** Sessions kept at a time; the one unused for longest is forgotten first. */
const MAX_SESSIONS = 10_000;

/** Judges recorded messages: each session has a guard of its own, and time passes only as recorded. */
export class Replay {
  readonly #guards = new Map<string, Guard>();
  readonly #gate = detectorGate();
  readonly #policyFor: (server: string) => Policy;

  constructor(policyFor: (server: string) => Policy) {
    this.#policyFor = policyFor;
  }

  judge(bytes: Buffer, line: number): ReplayedLine {
    const record = parse(textOf(bytes));
    const session = stringAt(record, "session") ?? "";
    const direction = directionOf(record);
    const message = isObject(record) ? record["message"] : undefined;
    if (direction === undefined || !isMessage(message, stringAt(record, "protocol"))) return notJudged(line, session);
    const guard = this.#guardOf(session, record);
    const part = messageBytes(bytes);
    const now = timeOf(record);
    const { verdict } = guard.inspect({ direction, bytes: part, now, textMatters: this.#gate.isOpen(part) });
    return { line, session, action: verdict.action, findings: verdict.findings.map(({ finding }) => shown(finding)) };
  }

  #guardOf(id: string, record: JsonValue | undefined): Guard {
    const server = stringAt(record, "server") ?? "unknown";
    const client = stringAt(record, "client") ?? "unknown";
    const protocol = stringAt(record, "protocol") === "a2a" ? "a2a" : "mcp";
    const known = this.#guards.get(id);
    if (known !== undefined) this.#guards.delete(id);
    const guard = known ?? this.#newGuard({ id, server, client, protocol, transport: "stdio" });
    this.#guards.set(id, guard);
    if (this.#guards.size > MAX_SESSIONS) this.#guards.delete(this.#guards.keys().next().value ?? "");
    return guard;
  }

  #newGuard(session: Guard["session"]): Guard {
    return new Guard({
      session,
      policy: this.#policyFor(session.server),
      detectors,
      server: newServerMemory(),
      newEventId: () => "replay",
      pendingId: () => "replay",
    });
  }
}

function directionOf(record: JsonValue | undefined): Direction | undefined {
  const direction = stringAt(record, "direction");
  return direction === "to-server" || direction === "to-client" ? direction : undefined;
}

/** Of A2A an agent card is a message, too. */
function isMessage(message: JsonValue | undefined, protocol: string | undefined): boolean {
  if (Array.isArray(message)) return true;
  if (!isObject(message)) return false;
  return protocol === "a2a" || "method" in message || "result" in message || "error" in message;
}

function timeOf(record: JsonValue | undefined): number | undefined {
  const time = Date.parse(stringAt(record, "time") ?? "");
  return Number.isNaN(time) ? undefined : time;
}

/** The message exactly as it was recorded, duplicate members and number formats included. */
function messageBytes(line: Buffer): Buffer {
  const span = locate(spansOf(line), "/message").at(-1)?.span;
  return span === undefined ? line : line.subarray(span.start, span.end);
}

function shown({ detector, rule, severity, confidence, at, because }: Finding): ReplayedLine["findings"][number] {
  return { detector, rule, severity, confidence, at, because };
}

function notJudged(line: number, session: string): ReplayedLine {
  const because = "The line is no JSON or holds no JSON-RPC message; it was not judged.";
  return {
    line,
    session,
    action: "allow",
    findings: [
      { detector: "guard_error", rule: "not-a-message", severity: "low", confidence: "soft", at: "", because },
    ],
  };
}
