import { maskedSecret } from "../../text/mask.ts";
import { secretsIn } from "./secrets-in.ts";

/** A name or a place as it may stand in a log: without the secrets that somebody put into it. */
export function maskSecrets(text: string): string {
  let masked = "";
  let end = 0;
  for (const secret of secretsIn({ role: "metadata", at: "", text, isKey: false })) {
    masked += text.slice(end, secret.start) + maskedSecret(secret.text);
    end = secret.end;
  }
  return end === 0 ? text : masked + text.slice(end);
}
