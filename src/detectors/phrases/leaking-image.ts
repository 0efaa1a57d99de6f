import type { Finding } from "../../core/finding.ts";
import type { Passage } from "../../core/passage.ts";
import { masked } from "../../text/mask.ts";
import { isQuoted, quotedSpans } from "../../text/quoting.ts";

/** An image or link with a place in its address that the model is to fill in. */
const toFillIn: readonly RegExp[] = [
  /!?\[[^\]\n]{0,120}\]\(\s{0,4}(?:https?:)?\/\/[^)\s]{1,400}[?&/][^)\s=&]{0,40}=?(?:\{\{?[a-z_ .]{2,40}\}|<[a-z_ ]{3,40}>|\[[a-z_ ]{3,40}\]|%7b[a-z_]{2,40}|%3c[a-z_%\d]{3,200}|\$\{[a-z_.]{2,40}\})/i,
  /!\[[^\]\n]{0,120}\]\(\s{0,4}(?:https?:)?\/\/[^)\s]{1,400}=(?:DATA|SECRETS?|HISTORY|CONVERSATION|BASE64|SUMMARY|TOKEN|PASSWORD)\b/,
];

/** Images and links that would carry what the model knows to whoever serves them. */
export function imageFindings(
  passages: readonly Passage[],
  voice: { id: string; subject: string; fix: string },
): Finding[] {
  const findings: Finding[] = [];
  for (const { at, text, isKey } of passages) {
    if (!text.includes("](")) continue;
    const match = toFillIn.map((shape) => shape.exec(text)).find((found) => found !== null);
    if (match === undefined) continue;
    const span = { start: match.index, end: match.index + match[0].length };
    const isReported = isQuoted(quotedSpans(text), span);
    findings.push({
      detector: voice.id,
      rule: "leaking-link",
      severity: isReported ? "low" : "medium",
      confidence: "soft",
      ...(isReported ? {} : { family: "exfiltrate" }),
      at,
      isKey,
      span,
      evidence: masked(match[0]),
      because: `${voice.subject} holds an image or link that the model is to fill with data for its owner.`,
      fix: voice.fix,
    });
  }
  return findings;
}
