import { base64url, decodeProtectedHeader, errors, flattenedVerify, type FlattenedJWSInput } from "jose";
import { isObject, stringAt, type JsonObject, type JsonValue } from "../../core/json.ts";
import { canonicalCards, type CanonicalCard } from "./canonical-cards.ts";
import type { CardKeys } from "./card-keys.ts";

/** `unknown-key` where no key at hand could tell. */
export type CardSignature = {
  result: "valid" | "invalid" | "unknown-key" | "none";
  kid?: string;
  /** Members of the card that the valid signature says nothing about. */
  uncovered?: string[];
};

/** Only signatures that others cannot make with the public key. */
const algorithms = "ES256 ES384 ES512 EdDSA Ed25519 RS256 RS384 RS512 PS256 PS384 PS512".split(" ");
/** Each costs a verification or more. */
const MAX_SIGNATURES = 8;

/** Checks the signatures of a card; one that is valid is enough. Never throws. */
export async function verifyCard(card: JsonObject, keys: CardKeys): Promise<CardSignature> {
  const { signatures } = card;
  if (!Array.isArray(signatures) || signatures.length === 0) return { result: "none" };
  const forms = canonicalCards(card);
  let found: CardSignature = { result: "unknown-key" };
  for (const entry of signatures.slice(0, MAX_SIGNATURES)) {
    const checked = await verifyOne(entry, forms, keys);
    if (checked.result === "valid") return checked;
    if (checked.result === "invalid" || found.kid === undefined) found = checked;
  }
  return found;
}

async function verifyOne(entry: JsonValue, forms: readonly CanonicalCard[], keys: CardKeys): Promise<CardSignature> {
  const header = protectedHeader(entry);
  const kid = stringAt(header, "kid")?.slice(0, 200);
  const about = kid === undefined ? {} : { kid };
  if (header === undefined) return { result: "invalid" };
  let result: CardSignature["result"] = "unknown-key";
  for (const set of keys.setsFor(stringAt(header, "jku"))) {
    for (const { text, uncovered } of forms) {
      try {
        await flattenedVerify(jws(entry, text), set, { algorithms });
        return { result: "valid", ...about, ...(uncovered.length === 0 ? {} : { uncovered }) };
      } catch (error) {
        if (!isWithoutKey(error)) result = "invalid";
      }
    }
  }
  return { result, ...about };
}

function protectedHeader(entry: JsonValue): JsonObject | undefined {
  try {
    const header: unknown = decodeProtectedHeader({ protected: stringAt(entry, "protected") ?? "" });
    return isObject(header) ? header : undefined;
  } catch {
    return undefined;
  }
}

function jws(entry: JsonValue, text: string): FlattenedJWSInput {
  const { header } = isObject(entry) ? entry : {};
  return {
    payload: base64url.encode(text),
    protected: stringAt(entry, "protected") ?? "",
    signature: stringAt(entry, "signature") ?? "",
    ...(isObject(header) ? { header } : {}),
  };
}

/** No key set has the key, or the one that may have it cannot be reached. */
function isWithoutKey(error: unknown): boolean {
  return !(error instanceof errors.JWSSignatureVerificationFailed || error instanceof errors.JWSInvalid);
}
