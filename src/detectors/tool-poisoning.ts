import type { Detector, Subject } from "../core/detector.ts";
import type { Finding } from "../core/finding.ts";
import { masked } from "../text/mask.ts";
import { examples } from "./examples/tool-poisoning.ts";
import { phraseFindings } from "./phrases/phrase-findings.ts";
import { phraseAnchors } from "./phrases/phrasebook.ts";
import { sideChannelAnchors, sideChannelFindings } from "./phrases/side-channel.ts";

const voice = {
  id: "tool-poisoning",
  subject: "The definition",
  fix: "Read the whole definition with mcpguard pending before you approve it, or remove the server.",
};

/** Orders to the model in what a server says about its own tools. */
export const toolPoisoning: Detector = {
  meta: {
    id: voice.id,
    title: "Tool poisoning",
    severity: "high",
    roles: ["tool-name", "tool-description", "tool-schema", "instructions", "agent-card", "metadata"],
    directions: ["to-client"],
    why: "The model believes the description of a tool, which people hardly ever read: an order in it runs with the user's rights, before the tool was ever called.",
    references: [
      "https://invariantlabs.ai/blog/mcp-security-notification-tool-poisoning-attacks",
      "https://genai.owasp.org/llmrisk/llm01-prompt-injection/",
    ],
    get anchors() {
      return [...phraseAnchors(), ...sideChannelAnchors];
    },
    budget: 8 * 1024 * 1024,
  },
  inspect(subject) {
    const found = [
      ...phraseFindings(subject.passages, voice).map(inName),
      ...sideChannelFindings(subject.passages, voice),
    ];
    return found.map((finding) => withName(finding, subject, found));
  },
  examples,
};

/** A sentence has no place in a name: that alone is enough. */
function inName(finding: Finding): Finding {
  const isStrong = finding.isKey === true && finding.family !== undefined && finding.severity !== "low";
  return isStrong
    ? { ...finding, confidence: "hard", because: "The name of a member gives the model an order." }
    : finding;
}

/** Names the tool and says how much speaks against it: two for each kind of sign, one for each sign. */
function withName(finding: Finding, { definitions }: Subject, all: readonly Finding[]): Finding {
  const definition = definitions.find(({ at }) => finding.at === at || finding.at.startsWith(`${at}/`));
  if (definition === undefined) return finding;
  const here = all.filter(({ at }) => at === definition.at || at.startsWith(`${definition.at}/`));
  const score =
    here.length + 2 * new Set(here.map(({ family }) => family).filter((family) => family !== undefined)).size;
  return {
    ...finding,
    because: `${finding.because.replace(/\.$/, "")} (${definition.kind} ${masked(definition.name).slice(0, 60)}, score ${score}).`,
  };
}
