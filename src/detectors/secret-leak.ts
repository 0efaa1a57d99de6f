import type { Detector, Subject } from "../core/detector.ts";
import type { Finding } from "../core/finding.ts";
import type { Direction } from "../core/message.ts";
import { maskedSecret } from "../text/mask.ts";
import { examples } from "./examples/secret-leak.ts";
import { awsSecretKeys } from "./secrets/aws-secret-keys.ts";
import { formats } from "./secrets/formats.ts";
import { secretsIn, type Secret } from "./secrets/secrets-in.ts";

/** Finds keys, tokens and passwords by their form, and what to put in their place. */
export const secretLeak: Detector = {
  meta: {
    id: "secret-leak",
    title: "Secret in the open",
    severity: "high",
    roles: [
      "tool-argument",
      "tool-result",
      "resource-content",
      "prompt",
      "sampling",
      "elicitation",
      "error-text",
      "agent-message",
      "fetched-url",
    ],
    directions: ["to-server", "to-client"],
    why: "A key that the model has read is sent to its provider, kept in the conversation, and one injected order away from a stranger; a key in an argument is in the hands of the server's owner.",
    references: [
      "https://genai.owasp.org/llmrisk/llm022025-sensitive-information-disclosure/",
      "https://cwe.mitre.org/data/definitions/200.html",
    ],
    anchors: formats.flatMap(({ anchors }) => anchors),
    budget: 64 * 1024 * 1024,
  },
  inspect,
  examples,
};

/** More in one text are a dump: from there to the last one all is replaced at once. */
const MOST = 200;

function inspect({ passages, direction }: Subject): Finding[] {
  const secrets = passages.flatMap((passage) => secretsIn(passage));
  if (secrets.length === 0) return [];
  const numbers = new Map<string, Map<string, number>>();
  const inPassage = new Map<Secret["passage"], Secret[]>();
  const findings: Finding[] = [];
  for (const secret of [...secrets, ...awsSecretKeys(secrets, passages)]) {
    const here = inPassage.get(secret.passage) ?? [];
    inPassage.set(secret.passage, here);
    if (here.push(secret) <= MOST) findings.push(finding(secret, numberOf(numbers, secret), direction));
  }
  for (const here of inPassage.values()) if (here.length > MOST) findings.push(dump(here.slice(MOST), direction));
  return findings;
}

/** The same secret has the same number wherever it stands in the message. */
function numberOf(numbers: Map<string, Map<string, number>>, { kind, text }: Secret): number {
  const known = numbers.get(kind.id) ?? new Map<string, number>();
  numbers.set(kind.id, known);
  const number = known.get(text) ?? known.size + 1;
  known.set(text, number);
  return number;
}

function dump(secrets: readonly Secret[], direction: Direction): Finding {
  const [first, ...others] = secrets as readonly [Secret, ...Secret[]];
  let { start, end } = first;
  for (const other of others) {
    start = Math.min(start, other.start);
    end = Math.max(end, other.end);
  }
  return { ...finding(first, 1, direction), span: { start, end }, placeholder: `‹secrets:${secrets.length}›` };
}

function finding({ passage, kind, text, confidence, start, end }: Secret, number: number, to: Direction): Finding {
  const { id, title, isBare } = kind;
  const subject = title.charAt(0).toUpperCase() + title.slice(1);
  return {
    detector: "secret-leak",
    rule: id,
    severity: confidence === "hard" ? "high" : "medium",
    confidence,
    at: passage.at,
    isKey: passage.isKey,
    span: { start, end },
    placeholder: `‹${id}:${number}›`,
    evidence: isBare ? `… (${text.length} characters)` : maskedSecret(text),
    because:
      to === "to-client"
        ? `${subject} would come into the model's hands, and into those of whoever steers it.`
        : `${subject} would be handed to the server.`,
    fix: "If it is real, have a new one issued; if it has to pass, suppress the rule for this server.",
  };
}
