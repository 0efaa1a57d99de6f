import { decisionEvent } from "../audit/decision-event.ts";
import { openAuditLog } from "../audit/write.ts";
import type { Decision } from "../core/pending.ts";

/** Tells the log in `folder` of a decision. It stands also where the log cannot be written; then `onError` is told. */
export function recordDecision(folder: string, decision: Decision, onError: (error: unknown) => void): void {
  const log = openAuditLog({ folder, retentionDays: 0, onError });
  log.append(decisionEvent(decision));
  log.closeSync();
}
