import { isObject, type JsonValue } from "../../core/json.ts";
import type { Protocol } from "../../core/session.ts";
import { parse, textOf } from "../../engine/read-message.ts";
import type { Binding } from "../exchange/binding.ts";
import { RestBinding } from "./rest-binding.ts";

/**
 * A GET that nothing marks as a request for a card: an agent may have its card anywhere, and its
 * clients may be told where. What does not look like one passes as it comes.
 */
export function maybeCardBinding(protocol: Protocol, card: RestBinding): Binding {
  let isCard = false;
  return {
    protocol,
    toRpcRequest: (body) => body,
    fromRpcRequest: (message) => message,
    askedFor: (value) => {
      isCard = looksLikeCard(value);
      return isCard ? card.toRpcRequest(Buffer.alloc(0)) : undefined;
    },
    toRpcAnswer: (body, status) => (isCard ? card.toRpcAnswer(body, status) : body),
    fromRpcAnswer: (message) => (isCard ? card.fromRpcAnswer(message) : message),
    refusal: (answers) => card.refusal(answers),
    examine: async (body, status, session) =>
      looksLikeCard(parse(textOf(body))) ? card.examine(body, status, session) : undefined,
    forClient: (body, head) => (isCard ? card.forClient(body, head) : { body, headers: {} }),
  };
}

/** Of a card some client would take addresses from. */
function looksLikeCard(value: JsonValue | undefined): boolean {
  if (!isObject(value)) return false;
  const names = new Set(Object.keys(value).map((name) => name.replaceAll("_", "").toLowerCase()));
  if (names.has("jsonrpc")) return false;
  return (
    names.has("supportedinterfaces") || (names.has("url") && (names.has("skills") || names.has("preferredtransport")))
  );
}
