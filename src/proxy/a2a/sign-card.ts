import { FlattenedSign, importJWK, type JWK } from "jose";
import { isObject, type JsonValue } from "../../core/json.ts";
import { spansOf } from "../../protocols/json/spans.ts";
import { splice } from "../../protocols/json/splice.ts";
import { canonicalCards } from "./canonical-cards.ts";

/** The proxy's own key, and where callers find its public half. */
export type CardSigner = { key: JWK; jku: string };

/**
 * A card with the proxy's signatures: over the card as it is, and over what the official SDKs make of
 * it where that differs. The card must have none. Its other bytes stay as they are.
 */
export async function signCard(bytes: Uint8Array, { key, jku }: CardSigner): Promise<Uint8Array> {
  const card: JsonValue = JSON.parse(Buffer.from(bytes).toString());
  if (!isObject(card)) return bytes;
  const forms = canonicalCards(card);
  const [plain, ...others] = forms;
  const texts = [plain, others.at(-1)].flatMap((form) => form?.text ?? []);
  const signatures = await Promise.all(texts.map((text) => signature(text, key, jku)));
  const root = spansOf(bytes);
  const comma = root.members === undefined || root.members.length === 0 ? "" : ",";
  const replacement = `${comma}"signatures":${JSON.stringify(signatures)}`;
  return splice(bytes, [{ start: root.end - 1, end: root.end - 1, replacement }]);
}

/** The public half of the key, as a key set (RFC 7517). */
export function publicKeys({ kty, crv, x, y, kid }: JWK): string {
  return JSON.stringify({ keys: [{ kty, crv, x, y, kid, use: "sig", alg: "ES256" }] });
}

async function signature(text: string, key: JWK, jku: string): Promise<{ protected: string; signature: string }> {
  const signed = await new FlattenedSign(Buffer.from(text))
    .setProtectedHeader({ alg: "ES256", typ: "JOSE", jku, ...(key.kid === undefined ? {} : { kid: key.kid }) })
    .sign(await importJWK(key, "ES256"));
  return { protected: signed.protected ?? "", signature: signed.signature };
}
