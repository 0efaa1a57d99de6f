import { noteForwarded, refused } from "./enforce.ts";
import type { Guard } from "./guard.ts";
import { allowed, type Held, type Outcome } from "./outcome.ts";

/** Lets a held message go on as it came, or refuses it. */
export function release(guard: Guard, held: Held, decision: "approve" | "deny", now: number | undefined): Outcome {
  const { message, direction, eventId } = held;
  const nothing = { events: [], pins: [], objections: [] };
  if (decision === "approve") {
    noteForwarded(guard, { direction, now }, message);
    return { ...nothing, verdict: allowed, forward: message.bytes, answers: [], held: [] };
  }
  return { ...nothing, verdict: held.verdict, ...refused(guard, { direction }, message, held.verdict, eventId) };
}
