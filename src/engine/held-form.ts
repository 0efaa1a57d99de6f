import { canonicalForm } from "../core/canonical.ts";
import type { Message } from "../core/message.ts";

/** The text a held call's pending item shows and is bound to: the event makes each call its own item. */
export function heldForm(message: Message, eventId: string): string {
  return canonicalForm({ event: eventId, message: message.value ?? null });
}
