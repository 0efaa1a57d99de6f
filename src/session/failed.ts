import type { Direction } from "../core/message.ts";
import type { Guard } from "../engine/guard.ts";
import { passed, type Outcome } from "../engine/outcome.ts";
import { sessionEvent } from "./session-event.ts";

/** What happens to a message on which the guard itself failed: `on_guard_error` says. */
export function failedOpenOrClosed(guard: Guard, direction: Direction, bytes: Uint8Array, error: unknown): Outcome {
  const isClosed = guard.policy.onGuardError === "closed";
  const what = error instanceof Error ? error.message : String(error);
  const draft = sessionEvent(
    "guard_error",
    `The guard failed on a message, which was ${isClosed ? "dropped" : "passed on"}: ${what}`,
    { bytes: bytes.length },
  );
  const outcome = passed(bytes);
  outcome.events.push({
    id: guard.options.newEventId(),
    draft: {
      ...draft,
      severity: "high",
      blocked: isClosed,
      direction,
      detector: "guard",
      rule: "failure",
      action: isClosed ? "block" : "allow",
    },
  });
  return { ...outcome, forward: isClosed ? undefined : bytes };
}
