import type { Detector, Subject } from "../core/detector.ts";
import type { Finding } from "../core/finding.ts";
import type { Oddity } from "../core/message.ts";

/** A chatty server must not flood the log. */
const REPORTED_PER_SESSION = 20;

const because: Readonly<Record<Oddity, string>> = {
  "duplicate-key": "A member is given twice: programs differ in which of the two they read.",
  "uncorrelated-response": "An answer to no open request: it may be a second answer, or meant for another.",
  "loosely-matched-id": "The answer's id is not written like the request's, yet clients take it for the answer.",
  batch: "Several messages in one: only the revision 2025-03-26 has batches.",
  "not-json": "A line that is no JSON message; servers must write their log to stderr.",
  oversize: "The message is larger than max_inspect_size and is read in windows only.",
};

/** Reports messages whose form can make two readers understand different things. Acts only through what they hold. */
export const messageIntegrity: Detector = {
  meta: {
    id: "message-integrity",
    title: "Ambiguous message",
    severity: "low",
    roles: [],
    directions: ["to-server", "to-client"],
    why: "Where a guard and a client read the same bytes differently, an attack passes the one and reaches the other.",
    references: [
      "https://www.rfc-editor.org/rfc/rfc8259#section-4",
      "https://www.jsonrpc.org/specification#response_object",
    ],
    budget: 0,
  },
  inspect,
  examples: {
    bad: [
      {
        title: "an answer nobody asked for",
        direction: "to-client",
        message: { jsonrpc: "2.0", id: 7, result: {} },
        expect: { rule: "uncorrelated-response" },
      },
      {
        title: "an id that only matches as a number",
        direction: "to-client",
        before: [{ direction: "to-server", message: { jsonrpc: "2.0", id: 7, method: "ping" } }],
        message: { jsonrpc: "2.0", id: "0x7", result: {} },
        expect: { rule: "loosely-matched-id" },
      },
    ],
    good: [
      {
        title: "an answer with the request's id",
        direction: "to-client",
        before: [{ direction: "to-server", message: { jsonrpc: "2.0", id: "a", method: "ping" } }],
        message: { jsonrpc: "2.0", id: "a", result: {} },
      },
    ],
  },
};

function inspect({ message, memory }: Subject): Finding[] {
  const findings: Finding[] = [];
  for (const oddity of message.oddities) {
    if ((memory.oddities.get(oddity) ?? 0) >= REPORTED_PER_SESSION) continue;
    findings.push({
      detector: "message-integrity",
      rule: oddity,
      severity: "low",
      confidence: "soft",
      at: "",
      evidence: "",
      because: because[oddity],
      fix: "Nothing was changed. Report it to the server's author if it keeps coming.",
    });
  }
  return findings;
}
