import type { Detector } from "../core/detector.ts";
import type { Confidence, Finding } from "../core/finding.ts";
import type { Passage, Role } from "../core/passage.ts";
import { examples } from "./examples/hidden-text.ts";
import { hiddenKinds, type HiddenKind } from "./hidden/kinds.ts";

/** What a server says about itself: nobody has a reason to hide anything there. */
const definitions: readonly Role[] = [
  "tool-name",
  "tool-description",
  "tool-schema",
  "instructions",
  "agent-card",
  "metadata",
  "elicitation",
];

/** Characters that a person does not see and a model reads. */
export const hiddenText: Detector = {
  meta: {
    id: "hidden-text",
    title: "Hidden text",
    severity: "high",
    roles: [
      ...definitions,
      "tool-argument",
      "tool-result",
      "resource-content",
      "prompt",
      "sampling",
      "error-text",
      "agent-message",
      "fetched-url",
      "callback-url",
    ],
    directions: ["to-server", "to-client"],
    why: "Invisible characters carry orders past the person who reviews a text, and terminal escapes change what a terminal shows.",
    references: [
      "https://www.unicode.org/reports/tr36/",
      "https://trojansource.codes/",
      "https://embracethered.com/blog/posts/2024/hiding-and-finding-text-with-unicode-tags/",
    ],
    anchors: [],
    budget: 8 * 1024 * 1024,
  },
  inspect: ({ passages }) => passages.flatMap((passage) => (suspicious.test(passage.text) ? findingsIn(passage) : [])),
  examples,
};

/** Plain ASCII hides nothing. */
const suspicious = /[^\t\n\r\x20-\x7e]/;

function findingsIn(passage: Passage): Finding[] {
  return hiddenKinds.flatMap((kind) => {
    const found = kind.find(passage.text);
    return found.length === 0 ? [] : [finding(kind, passage, found)];
  });
}

/** One finding from the first to the last place; what stands between them is kept when it is redacted. */
function finding(
  kind: HiddenKind,
  { role, at, text, isKey }: Passage,
  found: readonly { start: number; end: number }[],
): Finding {
  const start = found[0]?.start ?? 0;
  const end = found.at(-1)?.end ?? start;
  const isDefinition = definitions.includes(role);
  const hidden = found.reduce((sum, span) => sum + span.end - span.start, 0);
  const confidence: Confidence = isDefinition || kind.isAlwaysHard ? "hard" : "soft";
  return {
    detector: "hidden-text",
    rule: kind.id,
    severity: confidence === "hard" ? "high" : "medium",
    confidence,
    family: "disguise",
    at,
    isKey,
    span: { start, end },
    placeholder: without(text, found, start, end),
    evidence: `${hidden} hidden characters in ${found.length} places`,
    because: `The text holds ${kind.holds}.`,
    fix: isDefinition
      ? "Ask the server's author why, and do not approve it before."
      : "Treat this text as an attack unless you know where it comes from.",
  };
}

function without(text: string, found: readonly { start: number; end: number }[], start: number, end: number): string {
  let kept = "";
  let from = start;
  for (const span of found) {
    kept += text.slice(from, span.start);
    from = span.end;
  }
  return kept + text.slice(from, end);
}
