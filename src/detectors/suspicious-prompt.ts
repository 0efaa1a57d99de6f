import type { Detector } from "../core/detector.ts";
import { latinised } from "../text/fold.ts";
import { masked } from "../text/mask.ts";
import { normalise } from "../text/normalise.ts";
import { request } from "./examples/messages.ts";

const words = new Set(["debug", "admin", "root", "sudo", "shell", "system", "internal", "hidden"]);

const get = (name: string, title: string): ReturnType<typeof request> => request("prompts/get", { name }, { title });

/** Prompts whose names promise more than a user should be offered. */
export const suspiciousPrompt: Detector = {
  meta: {
    id: "suspicious-prompt",
    title: "Suspicious prompt",
    severity: "medium",
    roles: [],
    directions: ["to-server"],
    why: "A prompt left over from debugging, or one for administrators, can put the model into a state its user never asked for.",
    references: ["https://modelcontextprotocol.io/specification/2025-11-25/server/prompts"],
    budget: 256,
  },
  inspect({ message }) {
    const name = message.method === "prompts/get" && message.kind === "request" ? message.target : undefined;
    const word = name === undefined ? undefined : wordsOf(name.slice(0, 256)).find((each) => words.has(each));
    if (name === undefined || word === undefined) return [];
    return [
      {
        detector: "suspicious-prompt",
        rule: "name",
        severity: "medium",
        confidence: "soft",
        at: "/params/name",
        evidence: masked(name),
        because: `The prompt's name has the word "${word}".`,
        fix: "Set block_on_prompt_scan to refuse such prompts, or suppress the rule for this server.",
      },
    ];
  },
  examples: {
    bad: [
      get("debug", "the word alone"),
      get("run_as_admin", "between underscores"),
      get("rootShell", "in camel case"),
      get("SYSTEM-dump", "upper case"),
      get("DEBUGMode2", "upper case beside camel case, and a number"),
      get("аdmin", "with a Cyrillic letter"),
      get("int\u200bernal", "with a zero-width space"),
    ],
    good: [
      get("administration-guide", "a longer word"),
      get("ecosystem-overview", "within a word"),
      get("root-cause-analysis", "another root"),
      get("summarise", "an ordinary prompt"),
    ],
  },
};

/** The words of a name however it joins them; a root cause is what every debugging prompt looks for. */
function wordsOf(name: string): string[] {
  return normalise(name)
    .text.replace(/([a-z])([A-Z])|([A-Z])([A-Z][a-z])/g, "$1$3 $2$4")
    .toLowerCase()
    .replace(/root[\W_]{0,2}cause/g, " ")
    .split(/[^\p{L}]+/u)
    .map(latinised);
}
