import type { Finding } from "../../core/finding.ts";
import { masked } from "../../text/mask.ts";
import type { DroppedInterface } from "./rewrite-card.ts";
import type { CardSignature } from "./verify-card.ts";

const finding = {
  detector: "agent-card",
  at: "/result",
  fix: "Ask the agent's operator before you trust the card, or suppress the rule for this agent.",
} as const;

/** What is wrong with a card's signature. Where no keys are known, nobody expects one. */
export function signatureFindings({ result, kid = "" }: CardSignature, hasKeys: boolean): Finding[] {
  const evidence = masked(kid);
  // Without keys only its form can be wrong, which some careless agent may get wrong.
  if (result === "invalid") return [{ ...finding, ...invalid, confidence: hasKeys ? "hard" : "soft", evidence }];
  if (!hasKeys || result === "valid") return [];
  return [{ ...finding, ...(result === "none" ? unsigned : unknownKey), evidence }];
}

/** An interface that callers are not shown. */
export function interfaceFinding({ url, reason }: DroppedInterface): Finding {
  return {
    ...finding,
    rule: "dropped-interface",
    severity: "low",
    confidence: "soft",
    evidence: masked(url),
    because: `The card names an interface that the proxy does not lead to: ${reason}.`,
    fix: "Name the host under agent: interface_hosts if callers should reach it; keep_grpc leaves gRPC in.",
  };
}

/** Some client might read addresses in it that the proxy does not see. */
export const unreadable: Finding = {
  ...finding,
  rule: "unreadable",
  severity: "medium",
  confidence: "hard",
  evidence: "",
  because: "The agent's card is no JSON object, so its addresses cannot be made the proxy's.",
  fix: "Ask the agent's operator what is served in place of the card.",
};

const invalid = {
  rule: "invalid-signature",
  severity: "high",
  confidence: "hard",
  because: "The card is not what was signed: somebody changed it, or signed it with another key.",
} as const;

const unsigned = {
  rule: "unsigned",
  severity: "medium",
  confidence: "soft",
  because: "The card has no signature, though keys are configured to check it.",
} as const;

const unknownKey = {
  rule: "unknown-key",
  severity: "medium",
  confidence: "soft",
  because: "The card is signed with a key that is not among those configured.",
} as const;
