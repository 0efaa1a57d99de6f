import type { PhraseRule } from "../../text/phrases.ts";

/** Orders that are ordinary by themselves; what they mean depends on what stands beside them. */
export const deeds: readonly PhraseRule[] = [
  {
    id: "order-after-override",
    family: "execution",
    severity: "medium",
    says: "gives the model an order in place of the ones it is told to drop",
    patterns: ["^ link? deed", "link deed"],
    beside: ["override"],
  },
  {
    id: "harmful-order",
    family: "execution",
    severity: "medium",
    says: "wants something done that the user would want to be asked about",
    patterns: ["^ link? harm ~4 target", "link harm ~4 target"],
    beside: ["authority", "conceal", "new-role", "precondition", "persistence", "shadowing", "reveal"],
  },
  {
    id: "send-away",
    family: "exfiltrate",
    severity: "medium",
    says: "wants data sent elsewhere or slipped into a field",
    patterns: ["-3 not send ~6 asset ~8 away", "-3 not send ~6 asset ~3 as ~3 field"],
    beside: ["override", "authority", "conceal", "new-role", "precondition", "shadowing"],
  },
];
