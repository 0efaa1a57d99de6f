import type { Passage } from "../../core/passage.ts";
import type { PhraseRule } from "../../text/phrases.ts";
import type { Span } from "../../text/mapped.ts";

export const leakingLink: PhraseRule = {
  id: "leaking-link",
  family: "exfiltrate",
  severity: "medium",
  says: "holds an image or link that the model is to fill with data for its owner",
  patterns: [],
};

/** An image or link with a place in its address that the model is to fill in. */
const toFillIn: readonly RegExp[] = [
  /!?\[[^\]\n]{0,120}\]\(\s{0,4}(?:https?:)?\/\/[^)\s]{1,400}[?&/][^)\s=&]{0,40}=?(?:\{\{?[a-z_ .]{2,40}\}|<[a-z\d_ ]{3,40}>|\[[a-z\d_ ]{3,40}\]|%7b[a-z_]{2,40}|%3c[a-z_%\d]{3,200}|\$\{[a-z_.]{2,40}\})/i,
  /!\[[^\]\n]{0,120}\]\(\s{0,4}(?:https?:)?\/\/[^)\s]{1,400}=(?:DATA|SECRETS?|HISTORY|CONVERSATION|BASE64|SUMMARY|TOKEN|PASSWORD)\b/,
];

/** Where a text has a link that would carry what the model knows to whoever serves it. */
export function leakingLinks({ text }: Passage): Span[] {
  if (!text.includes("](")) return [];
  const matches = toFillIn.map((shape) => shape.exec(text)).filter((match) => match !== null);
  return matches.slice(0, 1).map(({ 0: link, index }) => ({ start: index, end: index + link.length }));
}
