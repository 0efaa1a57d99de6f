import type { Verdict } from "../core/verdict.ts";
import { noteForwarded, refused } from "./enforce.ts";
import type { Guard } from "./guard.ts";
import { allowed, type Held, type Outcome } from "./outcome.ts";
import { rewrite } from "./rewrite.ts";

/** Lets a held message go on, without what is to be redacted in any case, or refuses it. */
export function release(guard: Guard, held: Held, decision: "approve" | "deny", now: number | undefined): Outcome {
  const { message, direction, eventId } = held;
  const nothing = { events: [], pins: [], objections: [] };
  if (decision === "approve") {
    noteForwarded(guard, { direction, now }, message);
    const findings = held.verdict.findings.filter(({ action }) => action === "redact");
    if (findings.length === 0) return { ...nothing, verdict: allowed, forward: message.bytes, answers: [], held: [] };
    const verdict: Verdict = { action: "redact", findings, because: "" };
    const forward = rewrite(message, verdict, guard.memory.baseline);
    return { ...nothing, verdict, forward, answers: [], held: [] };
  }
  return { ...nothing, verdict: held.verdict, ...refused(guard, { direction }, message, held.verdict, eventId) };
}
