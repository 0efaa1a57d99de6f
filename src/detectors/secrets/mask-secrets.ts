import { maskedSecret } from "../../text/mask.ts";
import { secretsIn } from "./secrets-in.ts";

/** The same methods and tools come with every message; keys that may be secret are not kept long. */
const remembered = new Map<string, string>();
const MOST_REMEMBERED = 256;
const LONGEST_REMEMBERED = 128;

/** A name or a place as it may stand in a log: without the secrets that somebody put into it. */
export function maskSecrets(text: string): string {
  const known = remembered.get(text);
  if (known !== undefined) return known;
  const masked = maskedAnew(text);
  if (text.length > LONGEST_REMEMBERED) return masked;
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  remembered.set(text, masked);
  return masked;
}

function maskedAnew(text: string): string {
  let masked = "";
  let end = 0;
  for (const secret of secretsIn({ role: "metadata", at: "", text, isKey: false })) {
    masked += text.slice(end, secret.start) + maskedSecret(secret.text);
    end = secret.end;
  }
  return end === 0 ? text : masked + text.slice(end);
}
