import type { Detector } from "../core/detector.ts";
import type { Finding } from "../core/finding.ts";
import type { Passage } from "../core/passage.ts";
import { call } from "./examples/messages.ts";

/**
 * UTF-16 units by the name of the argument. Ordinary commands, queries of several joins, tasks for a
 * sub-agent and program files stay below: a log full of them would hide the one that matters.
 */
const longest: Readonly<Record<string, number>> = {
  command: 1000,
  query: 2000,
  prompt: 4000,
  instructions: 4000,
  code: 10_000,
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
  inspect: ({ message, passages }) => (message.method === "tools/call" ? passages.flatMap(findingsIn) : []),
  examples: {
    bad: [
      call({ prompt: "Run this:\n```sh\nls\n```" }, { title: "a code block in a prompt", expect: { rule: "fenced" } }),
      call({ command: `echo ${"a".repeat(1000)}` }, { title: "a long command", expect: { rule: "long" } }),
      call({ step: { Query: "x ".repeat(1500) } }, { title: "a long query, further in", expect: { rule: "long" } }),
    ],
    good: [
      call({ command: "npm test" }, { title: "a short command" }),
      call({ query: "select a, b from t where c in (1, 2, 3) ".repeat(12) }, { title: "an ordinary query" }),
      call({ content: "a".repeat(5000) }, { title: "a long text that is not carried out" }),
      call({ code: "x = 1\n".repeat(1000) }, { title: "a program" }),
      call({ content: "```sh\nls\n```" }, { title: "a code block in a text" }),
    ],
  },
};

function findingsIn({ at, text, isKey }: Passage): Finding[] {
  const limit = isKey ? undefined : longest[at.slice(at.lastIndexOf("/") + 1).toLowerCase()];
  if (limit === undefined) return [];
  const isFenced = text.includes("```");
  return isFenced || text.length > limit ? [finding(at, isFenced, text.length)] : [];
}

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
