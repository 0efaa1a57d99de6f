import type { Baseline } from "../core/memory.ts";
import type { Message } from "../core/message.ts";
import { cardDefinitions } from "../protocols/a2a/card-definitions.ts";
import { pinKey } from "./pins.ts";

/** What stands in a card's place, and where in the message. */
export type StandIn = { at: string; form: string };

/**
 * The agent card as it was first seen or last approved, where a message brings another one. None where
 * the pinned form was only ever shown without its invisible characters.
 */
export function cardStandIn({ pinned }: Baseline, message: Message): StandIn | undefined {
  const [card] = cardDefinitions(message);
  const form = card === undefined ? undefined : pinned.get(pinKey(card));
  if (card === undefined || form === undefined || form === card.form || /\p{C}|\\u/u.test(form)) return undefined;
  return { at: card.at, form };
}
