import type { Detector } from "../core/detector.ts";
import type { Finding } from "../core/finding.ts";
import { call } from "./examples/messages.ts";

/** UTF-16 units by the name of the argument; program code is long by nature. */
const longest: Readonly<Record<string, number>> = {
  code: 1000,
  command: 200,
  prompt: 200,
  instructions: 200,
  query: 200,
};

/** Long or fenced texts in arguments that are carried out. */
export const longArgument: Detector = {
  meta: {
    id: "long-argument",
    title: "Long argument",
    severity: "medium",
    roles: ["tool-argument"],
    directions: ["to-server"],
    why: "A command or prompt that is unusually long, or has a code block in it, can carry orders nobody looks at.",
    references: ["https://genai.owasp.org/llmrisk/llm052025-improper-output-handling/"],
    budget: 8 * 1024 * 1024,
  },
  inspect: ({ message, passages }) =>
    message.method !== "tools/call"
      ? []
      : passages.flatMap(({ at, text, isKey }): Finding[] => {
          if (isKey || (text.length <= 200 && !text.includes("```"))) return [];
          const limit = longest[at.slice(at.lastIndexOf("/") + 1).toLowerCase()];
          if (limit === undefined) return [];
          const isFenced = text.includes("```");
          return isFenced || text.length > limit ? [finding(at, isFenced, text.length)] : [];
        }),
  examples: {
    bad: [
      call({ command: `echo ${"a".repeat(300)}` }, { title: "a long command", expect: { rule: "long" } }),
      call({ prompt: "Run this:\n```sh\nls\n```" }, { title: "a code block in a prompt", expect: { rule: "fenced" } }),
    ],
    good: [
      call({ command: "npm test" }, { title: "a short command" }),
      call({ content: "a".repeat(5000) }, { title: "a long text that is not carried out" }),
      call({ code: "x = 1\n".repeat(100) }, { title: "a small program" }),
    ],
  },
};

function finding(at: string, isFenced: boolean, length: number): Finding {
  return {
    detector: "long-argument",
    rule: isFenced ? "fenced" : "long",
    severity: "medium",
    confidence: "soft",
    at,
    evidence: `${length} characters`,
    because: isFenced ? "The argument has a code block in it." : "The argument is unusually long.",
    fix: "Look at the call if you did not expect it; nothing was held back.",
  };
}
