import type { Detector } from "../core/detector.ts";
import type { Finding } from "../core/finding.ts";
import { masked } from "../text/mask.ts";
import { formsIn, type Field, type Form } from "./elicitations/forms.ts";
import { namedSecret, requestedSecret, spelledOut } from "./elicitations/english.ts";
import { foreignSecret } from "./elicitations/other-languages.ts";
import { plain, type SecretKind } from "./elicitations/secret-words.ts";
import { examples } from "./examples/credential-elicitation.ts";

/** Forms in which a server asks the user for a password, key, card number or code. */
export const credentialElicitation: Detector = {
  meta: {
    id: "credential-elicitation",
    title: "Form that asks for a secret",
    severity: "high",
    roles: ["elicitation"],
    directions: ["to-client"],
    why: "What the user types into a form goes to the server as plain text, and no one can tell an honest form from a forged one; MCP forbids servers to ask for secrets there.",
    references: [
      "https://modelcontextprotocol.io/specification/2025-11-25/client/elicitation#security-considerations",
      "https://attack.mitre.org/techniques/T1056/002/",
    ],
    anchors: ["elicitation", "inputrequests"],
    budget: 1024 * 1024,
  },
  inspect: ({ message }) => formsIn(message).flatMap(findingsIn),
  examples,
};

const nouns: Readonly<Record<SecretKind, string>> = {
  password: "a password",
  key: "a key or token",
  card: "the data of a payment card",
  code: "a PIN or one-time code",
};

/** Longer texts are cut: whoever asks for something says so early. */
const LONGEST = 4000;

function findingsIn(form: Form): Finding[] {
  const found = form.fields.flatMap((field) => {
    const kind = secretOf(field);
    return kind === undefined ? [] : [finding(kind, field.at, field.title || field.name)];
  });
  if (found.length > 0 || form.fields.length === 0) return found;
  const message = form.message.slice(0, LONGEST);
  const kind = requestedSecret(plain(message)) ?? foreignSecret(message, false);
  return kind === undefined ? [] : [finding(kind, `${form.at}/message`, message)];
}

/** Numbers can be a PIN, a card's number or a code, but no password. */
function secretOf({ name, title, description, isNumber }: Field): SecretKind | undefined {
  const [label, about] = [plain(title.slice(0, LONGEST)), plain(description.slice(0, LONGEST))];
  const own = spelledOut(name.slice(0, 200));
  if (/\b(?:symbol|coin|ticker|gpio|contract|board|pincode|postal|zip)\b/.test(`${own} ${label} ${about}`))
    return undefined;
  const kind =
    namedSecret(own) ??
    namedSecret(label) ??
    requestedSecret(about) ??
    (/^(?:your|the|an?|my|current|new) /.test(about) ? namedSecret(about) : undefined) ??
    foreignSecret(own, true) ??
    foreignSecret(label, true) ??
    foreignSecret(about, false) ??
    (about.length < 40 ? foreignSecret(about, true) : undefined);
  return isNumber && (kind === "password" || kind === "key") ? undefined : kind;
}

function finding(kind: SecretKind, at: string, evidence: string): Finding {
  return {
    detector: "credential-elicitation",
    rule: kind,
    severity: "high",
    confidence: "hard",
    at,
    evidence: masked(evidence),
    because: `A form asks the user for ${nouns[kind]}, which servers must not ask for in a form.`,
    fix: "Do not fill it in. A server that needs a login has to send the user to its own web page (URL mode).",
  };
}
