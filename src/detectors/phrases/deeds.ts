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
    patterns: ["-3 not send ~6 asset ~8 away", "-3 not send ~6 asset ~3 as ~3 field", "asset ~4 send ~5 away"],
    beside: ["override", "authority", "conceal", "new-role", "precondition", "shadowing"],
  },
  {
    id: "steered-answer",
    family: "execution",
    severity: "medium",
    says: "says what the model is to answer",
    patterns: ["own response", "this response"],
    beside: ["authority", "exfiltrate", "override"],
  },
  {
    id: "tied-to-use",
    family: "precondition",
    severity: "medium",
    says: "ties this to every use of the tool",
    patterns: ["occasion ~2 call-word ~2 tool/this", "occasion call-word"],
    beside: ["exfiltrate", "conceal"],
  },
];
