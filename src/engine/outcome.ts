import type { Located } from "../core/detector.ts";
import type { EventDraft } from "../core/event.ts";
import type { Finding } from "../core/finding.ts";
import type { Definition, OpenRequests } from "../core/memory.ts";
import type { Direction, Message } from "../core/message.ts";
import type { Verdict } from "../core/verdict.ts";

/** An event and the id under which replies speak of it. */
export type RecordedEvent = { id: string; draft: EventDraft };

/** A definition that waits for a person before a client sees it. */
export type Objection = {
  definition: Located<Definition>;
  before: string | undefined;
  reason: "changed" | "poisoned";
  /** False where the client sees it, without what was redacted. */
  isHidden: boolean;
  findings: Finding[];
  pendingId: string;
};

/** A message kept back until a person decides. */
export type Held = {
  direction: Direction;
  message: Message;
  verdict: Verdict;
  eventId: string;
  pendingId: string;
  /** Where its answer is waited for. */
  pending: OpenRequests | undefined;
};

/** A side no longer wants the answer to its request. */
export type Cancellation = { direction: Direction; id: string | number };

/** What the adapter has to do about one message. */
export type Outcome = {
  verdict: Verdict;
  /** For the receiver: the very bytes that came where nothing was changed. */
  forward: Uint8Array | undefined;
  /** For the sender. */
  answers: Uint8Array[];
  events: RecordedEvent[];
  /** Seen for the first time and not objected to: to be pinned. */
  pins: Definition[];
  objections: Objection[];
  held: Held[];
  /** Said by this message. */
  cancels?: Cancellation;
  /** What was asked, where the message is one request. */
  request?: { method: string; tool: string | undefined };
};

export const allowed: Verdict = { action: "allow", findings: [], because: "" };

/** Nothing to say about these bytes. */
export function passed(bytes: Uint8Array): Outcome {
  return { verdict: allowed, forward: bytes, answers: [], events: [], pins: [], objections: [], held: [] };
}
