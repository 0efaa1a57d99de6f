import { newEventId } from "../../audit/stamp.ts";
import type { EventDraft } from "../../core/event.ts";
import type { Finding } from "../../core/finding.ts";
import type { JsonObject } from "../../core/json.ts";
import type { Action, Judged } from "../../core/verdict.ts";
import type { RecordedEvent } from "../../engine/outcome.ts";
import type { CardSignature } from "./verify-card.ts";

/** The event of a finding about a card that the engine does not see: its signature and its addresses. */
export function cardEvent({ finding, action }: Judged, method: string, signature?: CardSignature): RecordedEvent {
  return event(finding, action, method, { evidence: finding.evidence, fix: finding.fix, ...told(signature) });
}

/** The event of a signature that is as it should be, or of which nobody can tell. */
export function signatureEvent(signature: CardSignature, method: string): RecordedEvent {
  const because = `The signature of the agent's card: ${signature.result}.`;
  const about: Pick<Finding, "detector" | "rule" | "severity" | "because"> = {
    detector: "agent-card",
    rule: "signature",
    severity: "info",
    because,
  };
  return event(about, "allow", method, told(signature));
}

function event(
  { detector, rule, severity, because }: Pick<Finding, "detector" | "rule" | "severity" | "because">,
  action: Action,
  method: string,
  details: JsonObject,
): RecordedEvent {
  const draft: EventDraft = {
    event_type: severity === "info" ? "protocol_oddity" : "suspicious_request",
    severity,
    message: because,
    blocked: action === "block" || action === "hide" || action === "hold",
    details,
    direction: "to-client",
    method,
    tool: null,
    detector,
    rule,
    action,
  };
  return { id: newEventId(), draft };
}

function told(signature: CardSignature | undefined): JsonObject {
  if (signature === undefined) return {};
  const { result, kid, uncovered } = signature;
  return {
    signature: {
      result,
      ...(kid === undefined ? {} : { kid }),
      ...(uncovered === undefined ? {} : { uncovered: uncovered.slice(0, 20) }),
    },
  };
}
