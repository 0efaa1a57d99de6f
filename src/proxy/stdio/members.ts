import type { JsonValue } from "../../core/json.ts";
import type { Direction } from "../../core/message.ts";
import { spansOf } from "../../protocols/json/spans.ts";
import { headingOf, type Heading } from "./heading.ts";
import { textAt } from "./replace-at.ts";

/** One message as it came, alone or in a batch. */
export type Member = {
  bytes: Uint8Array;
  /** Undefined for what is no message of JSON-RPC. */
  heading: Heading | undefined;
  /** The first of a batch tells the guard of it. */
  opensBatch: boolean;
};

/** The messages of a body or line; `value` is what the bytes mean. */
export function membersOf(bytes: Uint8Array, value: JsonValue | undefined, direction: Direction): Member[] {
  if (!Array.isArray(value)) return [{ bytes, heading: headingOf(value, direction), opensBatch: false }];
  const { items = [] } = spansOf(bytes);
  return items.map(({ start, end }, index) => ({
    bytes: bytes.subarray(start, end),
    heading: headingOf(value[index], direction),
    opensBatch: index === 0,
  }));
}

/** A batch of the one message, as the guard is to see it. */
export function asBatch(bytes: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from("["), bytes, Buffer.from("]")]);
}

/** The one message of such a batch. */
export function unbatched(bytes: Uint8Array): Uint8Array {
  const [only] = spansOf(bytes).items ?? [];
  return only === undefined ? bytes : bytes.subarray(only.start, only.end);
}

/** The id of the one request among the messages, as JSON text. */
export function requestIdOf(members: readonly Member[]): string | undefined {
  const [only] = members;
  return members.length === 1 && only?.heading?.kind === "request" ? textAt(only.bytes, ["id"]) : undefined;
}
