import type { Detector } from "../core/detector.ts";
import { examples } from "./examples/prompt-injection.ts";
import { phraseFindings } from "./phrases/phrase-findings.ts";
import { phraseAnchors } from "./phrases/phrasebook.ts";

const voice = {
  id: "prompt-injection",
  subject: "The text",
  fix: "Do not act on this text; if it is harmless, suppress the rule for this server.",
};

/** Texts in calls and answers that give the model orders. */
export const promptInjection: Detector = {
  meta: {
    id: voice.id,
    title: "Prompt injection",
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
    why: "Whoever writes a text that the model reads can give it orders: to drop the user's task, to send data away, to keep quiet about it.",
    references: [
      "https://genai.owasp.org/llmrisk/llm01-prompt-injection/",
      "https://modelcontextprotocol.io/specification/2025-11-25/basic/security_best_practices",
    ],
    get anchors() {
      return [...phraseAnchors(), "]("];
    },
    budget: 8 * 1024 * 1024,
  },
  inspect: ({ passages }) => phraseFindings(passages, voice),
  examples,
};
