import type { Detector } from "../core/detector.ts";
import type { Finding } from "../core/finding.ts";
import { maskedSecret } from "../text/mask.ts";
import { examples } from "./examples/secret-leak.ts";
import { awsSecretKeys } from "./secrets/aws-secret-keys.ts";
import { formats } from "./secrets/formats.ts";
import { secretsIn, type Secret } from "./secrets/secrets-in.ts";

/** Passwords, keys and tokens whose form is unmistakable. */
export const secretLeak: Detector = {
  meta: {
    id: "secret-leak",
    title: "Secret on the move",
    severity: "high",
    roles: ["tool-argument", "tool-result", "resource-content", "prompt", "sampling", "error-text", "agent-message"],
    directions: ["to-server", "to-client"],
    why: "A key that enters the conversation is stored, sent to the model's provider and one injected order away from a stranger.",
    references: [
      "https://docs.github.com/en/code-security/secret-scanning/introduction/supported-secret-scanning-patterns",
      "https://cwe.mitre.org/data/definitions/200.html",
    ],
    anchors: formats.flatMap(({ anchors }) => anchors),
    budget: 8 * 1024 * 1024,
  },
  inspect({ passages }) {
    const found = passages.flatMap(secretsIn);
    const numbers = new Map<string, number>();
    return [...found, ...awsSecretKeys(found, passages)].map((secret) => finding(secret, numberOf(numbers, secret)));
  },
  examples,
};

/** The same secret keeps its number within a message. */
function numberOf(numbers: Map<string, number>, { kind, text }: Secret): number {
  const key = `${kind.id} ${text}`;
  const known = numbers.get(key) ?? [...numbers.keys()].filter((other) => other.startsWith(`${kind.id} `)).length + 1;
  numbers.set(key, known);
  return known;
}

function finding({ passage, kind, text, confidence, start, end }: Secret, number: number): Finding {
  return {
    detector: "secret-leak",
    rule: kind.id,
    severity: "high",
    confidence,
    at: passage.at,
    isKey: passage.isKey,
    span: { start, end },
    placeholder: `‹${kind.id}:${number}›`,
    evidence: kind.isBare ? `… (${text.length} characters)` : maskedSecret(text),
    because: `The text holds ${kind.title}.`,
    fix: "Revoke it if the model or the server should not have it.",
  };
}
