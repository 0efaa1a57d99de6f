import { createPrivateKey, sign, type JsonWebKey } from "node:crypto";
import { isObject } from "../../core/json.ts";
import { parse } from "../../engine/read-message.ts";
import { locate } from "../../protocols/json/locate.ts";
import { decode, spansOf } from "../../protocols/json/spans.ts";
import { splice } from "../../protocols/json/splice.ts";
import { canonicalCards, cardAsRead } from "./canonical-cards.ts";

/** The proxy's own key, and where callers find its public half. */
export type CardSigner = { key: JsonWebKey & { kid: string }; jku: string };

/**
 * A card with the proxy's signatures: over the card as it is, and over what the official SDKs make of
 * it where that differs. The card must have none; `isAnswer` where it is the result in a JSON-RPC
 * message. All other bytes stay as they are.
 */
export function signCard(bytes: Uint8Array, signer: CardSigner, isAnswer = false): Uint8Array {
  const places = locate(spansOf(bytes), isAnswer ? "/result" : "");
  const [span] = places.map((place) => place.span);
  if (span === undefined || places.length > 1) return bytes;
  const card = parse(decode(bytes, span.start, span.end));
  if (!isObject(card)) return bytes;
  const texts = new Set([canonicalCards(card)[0]?.text, cardAsRead(card)]);
  const signatures = [...texts].flatMap((text) => (text === undefined ? [] : signature(text, signer)));
  const comma = span.members === undefined || span.members.length === 0 ? "" : ",";
  const replacement = `${comma}"signatures":${JSON.stringify(signatures)}`;
  return splice(bytes, [{ start: span.end - 1, end: span.end - 1, replacement }]);
}

/** The public half of the key, as a key set (RFC 7517). */
export function publicKeys({ kty, crv, x, y, kid }: CardSigner["key"]): string {
  return JSON.stringify({ keys: [{ kty, crv, x, y, kid, use: "sig", alg: "ES256" }] });
}

/** RFC 7515, with the payload left out. */
function signature(text: string, { key, jku }: CardSigner): { protected: string; signature: string } {
  const header = Buffer.from(JSON.stringify({ alg: "ES256", typ: "JOSE", kid: key.kid, jku })).toString("base64url");
  const input = Buffer.from(`${header}.${Buffer.from(text).toString("base64url")}`);
  const privateKey = createPrivateKey({ key, format: "jwk" });
  const signed = sign("sha256", input, { key: privateKey, dsaEncoding: "ieee-p1363" });
  return { protected: header, signature: signed.toString("base64url") };
}
