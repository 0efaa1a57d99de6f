import type { Finding } from "../../core/finding.ts";
import type { Passage } from "../../core/passage.ts";
import { masked } from "../../text/mask.ts";

/** Names of parameters that ask for what the tool has no business with. */
const names =
  /^(?:side_?notes?|(?:full_|entire_|complete_)?(?:conversation|chat|message|dialog(?:ue)?)_?history|(?:full|entire|complete)_?conversation|(?:system|hidden|initial)_?(?:prompt|instructions)|chain_?of_?thought|(?:internal|private)_?reasoning)$/i;

export const sideChannelAnchors: readonly string[] = [
  'history"',
  'prompt"',
  'instructions"',
  'conversation"',
  'reasoning"',
  'thought"',
  'note"',
  'notes"',
];

/** Parameters through which the conversation or the model's instructions would leave. Soft: some tools need them. */
export function sideChannelFindings(passages: readonly Passage[], voice: { id: string; fix: string }): Finding[] {
  const findings: Finding[] = [];
  for (const { role, at, text, isKey } of passages) {
    if (role !== "tool-schema" || !isKey || text.length > 40 || !names.test(text)) continue;
    findings.push({
      detector: voice.id,
      rule: "side-channel-parameter",
      severity: "low",
      confidence: "soft",
      family: "exfiltrate",
      at,
      isKey,
      span: { start: 0, end: text.length },
      evidence: masked(text),
      because: "A parameter asks for the conversation or the model's own instructions.",
      fix: voice.fix,
    });
  }
  return findings;
}
