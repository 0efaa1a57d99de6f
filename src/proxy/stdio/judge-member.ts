import type { OpenRequests } from "../../core/memory.ts";
import type { Direction } from "../../core/message.ts";
import type { Outcome } from "../../engine/outcome.ts";
import type { RouteSession } from "../route-session.ts";
import { asBatch, unbatched, type Member } from "./members.ts";

/** What becomes of a message, now or once a person decided. */
export type Decision = { forward: Uint8Array | undefined; answers: readonly Uint8Array[]; outcome: Outcome };

/** Lets the guard look at a message; `onDecision` is called now, unless it is held, and then perhaps never. */
export function judgeMember(
  session: RouteSession,
  direction: Direction,
  { bytes, opensBatch }: Pick<Member, "bytes" | "opensBatch">,
  pending: OpenRequests | undefined,
  onDecision: (decision: Decision) => void,
): Outcome {
  const { outcome, released } = session.judge(direction, opensBatch ? asBatch(bytes) : bytes, pending);
  if (released === undefined) onDecision(decisionOf(outcome, opensBatch));
  else void released.then((later) => later.forEach((each) => onDecision(decisionOf(each, opensBatch))));
  return outcome;
}

function decisionOf(outcome: Outcome, opensBatch: boolean): Decision {
  const { forward, answers } = outcome;
  return { forward: forward === undefined || !opensBatch ? forward : unbatched(forward), answers, outcome };
}
