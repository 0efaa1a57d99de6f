import type { Detector } from "../../src/core/detector.ts";
import type { Finding } from "../../src/core/finding.ts";
import type { Role } from "../../src/core/passage.ts";

const roles: readonly Role[] = [
  "tool-name",
  "tool-description",
  "tool-schema",
  "tool-argument",
  "tool-result",
  "resource-uri",
  "resource-content",
  "prompt",
  "instructions",
  "sampling",
  "elicitation",
  "agent-card",
  "agent-message",
  "error-text",
  "metadata",
];

/** Finds a word wherever it stands; the detector's id is the word's. Nothing but a tool for tests. */
export function wordDetector(id: string, word: string, more: Partial<Finding> = {}): Detector {
  const example = { title: "", direction: "to-client" as const, message: {} };
  return {
    meta: {
      id,
      title: "",
      severity: "high",
      roles,
      directions: ["to-server", "to-client"],
      why: "",
      references: [],
      budget: 1e9,
    },
    inspect: ({ passages }) =>
      passages.flatMap(({ text, at, isKey }) => {
        const start = text.indexOf(word);
        if (start === -1) return [];
        const span = { start, end: start + word.length };
        const because = `The word ${id} was found.`;
        return [
          {
            detector: id,
            rule: "word",
            severity: "high",
            confidence: "hard",
            at,
            isKey,
            span,
            evidence: id,
            because,
            fix: "",
            ...more,
          },
        ];
      }),
    examples: { bad: [example], good: [example] },
  };
}
