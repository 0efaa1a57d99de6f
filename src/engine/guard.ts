import type { Detector } from "../core/detector.ts";
import type { Definition, Memory, OpenRequests, ServerMemory } from "../core/memory.ts";
import type { Direction, Message } from "../core/message.ts";
import type { Policy } from "../core/policy.ts";
import type { Session } from "../core/session.ts";
import type { JsonValue } from "../core/json.ts";
import { inspectBatch } from "./batch.ts";
import { conclude } from "./conclude.ts";
import { newMemory } from "./memory.ts";
import { passed, type Held, type Outcome } from "./outcome.ts";
import { takeDecision } from "./pins.ts";
import { parse, readBrokenLine, readMessage, readPlainText, textOf, type Read, type Reader } from "./read-message.ts";
import { release } from "./release.ts";
import { opensDefinitions, readEnvelope } from "./envelope.ts";

/** What the adapter lends to the pure engine. */
export type GuardOptions = {
  session: Session;
  policy: Policy;
  detectors: readonly Detector[];
  /** What is known of the server; sessions of one server may share it. */
  server: ServerMemory;
  newEventId(): string;
  pendingId(definition: Definition | { kind: "call"; name: string; form: string }): string;
  /** What other sessions of the same server have pinned by now; asked when something seems to be new. */
  recallPins?: () => ReadonlyMap<string, string>;
  /** Milliseconds of any origin, to notice slow detectors; absent in replays. */
  clock?: () => number;
};

/** One message as it came. */
export type Arrival = {
  direction: Direction;
  bytes: Uint8Array;
  /** Milliseconds since 1970; undefined where no time is known. */
  now: number | undefined;
  /** False where `text/gate.ts` has said that no text in the bytes can concern a detector. */
  textMatters: boolean;
  /** Where this message's request waits, or waited, for its answer; the session's own table without it. */
  pending?: OpenRequests;
};

/** Above this, bytes that the gate let pass are not parsed: reading their id is enough. */
const ENVELOPE_ONLY_ABOVE = 64 * 1024;

/** Inspects the messages of one session, in order. The same for stdio, HTTP and replay. */
export class Guard {
  readonly session: Session;
  readonly memory: Memory;
  readonly options: GuardOptions;
  policy: Policy;
  readonly #pending: OpenRequests;

  constructor(options: GuardOptions) {
    this.options = options;
    this.session = options.session;
    this.policy = options.policy;
    this.memory = newMemory(options.server);
    this.#pending = this.memory.pending;
  }

  /** Requests of this session whose answers may come anywhere, and those of the server. */
  get openRequests(): OpenRequests {
    return this.#pending;
  }

  /** What to do about one message; never throws. */
  inspect(arrival: Arrival): Outcome {
    this.memory.pending = arrival.pending ?? this.#pending;
    const envelope = this.#envelopeOnly(arrival);
    if (envelope !== undefined) return conclude(this, arrival, [envelope]);
    const text = textOf(arrival.bytes);
    if (text.trim() === "") return passed(arrival.bytes);
    const value = parse(text);
    if (value === undefined) return this.#inspectBrokenLine(arrival, text);
    if (Array.isArray(value)) return inspectBatch(this, arrival, value);
    return this.inspectValue(arrival, text, value, false);
  }

  /** One message of its own or of a batch. */
  inspectValue(arrival: Arrival, text: string, value: JsonValue, inBatch: boolean): Outcome {
    return conclude(
      this,
      arrival,
      readMessage(arrival.bytes, text, value, inBatch ? ["batch"] : [], this.#reader(arrival)),
    );
  }

  /** A window of a line that is too long to be held. */
  inspectWindow(arrival: Arrival): Outcome {
    const text = textOf(arrival.bytes);
    return conclude(this, arrival, [readPlainText(arrival.bytes, text, "oversize", this.#reader(arrival))]);
  }

  /**
   * True where a message that cannot be read whole must not pass: it could define tools, or call a refused one.
   * `pending` as it would be for its arrival.
   */
  mustRead(direction: Direction, pending = this.#pending): boolean {
    const { policy, memory } = this;
    if (policy.onGuardError === "closed") return true;
    if (policy.preset === "monitor") return false;
    if (direction === "to-client") return opensDefinitions(pending);
    return policy.allow.length > 0 || policy.deny.length > 0 || memory.hidden.size > 0;
  }

  #inspectBrokenLine(arrival: Arrival, text: string): Outcome {
    // Without a closing bracket the gate cannot know where the last word ends.
    const open = { ...arrival, textMatters: true };
    return conclude(this, open, readBrokenLine(arrival.bytes, text, this.#reader(arrival)));
  }

  #reader({ direction }: Arrival): Reader {
    return { direction, protocol: this.session.protocol, memory: this.memory };
  }

  /** The outcome of a held message once a person decided, or nobody did in time. */
  release(held: Held, decision: "approve" | "deny", now: number | undefined): Outcome {
    this.memory.pending = held.pending ?? this.#pending;
    return release(this, held, decision, now);
  }

  /** Takes in a decision on a definition. True where the client's list is no longer the one it would get now. */
  decide(definition: Definition, decision: "approve" | "deny"): boolean {
    return takeDecision(this.memory, definition, decision);
  }

  #envelopeOnly({ direction, bytes, textMatters }: Arrival): Read | undefined {
    if (textMatters || direction === "to-server" || bytes.length < ENVELOPE_ONLY_ABOVE) return undefined;
    // How an artifact's texts end must be known when its next piece comes.
    if (this.session.protocol === "a2a") return undefined;
    const message: Message | undefined = readEnvelope(bytes, this.memory);
    return message === undefined ? undefined : { message, passages: [] };
  }
}
