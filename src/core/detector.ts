import type { Direction, Message } from "./message.ts";
import type { Finding, Severity } from "./finding.ts";
import type { Definition, Memory } from "./memory.ts";
import type { Passage, Role } from "./passage.ts";
import type { Policy } from "./policy.ts";
import type { Protocol, Session } from "./session.ts";
import type { JsonValue } from "./json.ts";

/** Something and its JSON pointer in the message. */
export type Located<T> = T & { at: string };

/** All that a detector may look at. */
export type Subject = {
  session: Session;
  memory: Readonly<Memory>;
  policy: Policy;
  direction: Direction;
  message: Message;
  /** Only the passages whose role the detector asked for. */
  passages: readonly Passage[];
  /** The tools, prompts and instructions that this message defines. */
  definitions: readonly Located<Definition>[];
  /** Milliseconds since 1970; undefined where no time is known (then rates stay silent). */
  now: number | undefined;
};

/**
 * What stands in the bytes of every message a detector can object to: a literal (ASCII, case
 * ignored), or groups of words, of each of which one occurs. `text/gate.ts` opens by itself on
 * escapes, invisible characters, foreign scripts, long encoded runs and spaced-out words.
 */
export type Anchor = string | readonly (readonly string[])[];

/** A message and its surroundings, as a test. The example's message is one JSON-RPC message, or an agent card. */
export type Example = {
  title: string;
  /** MCP where absent. */
  protocol?: Protocol;
  direction: Direction;
  message: JsonValue;
  /** Messages before this one, in order. */
  before?: readonly { direction: Direction; message: JsonValue; time?: number }[];
  /** Milliseconds. */
  time?: number;
  policy?: Partial<Policy>;
  /** Members that the finding must have (only in bad examples). */
  expect?: Partial<Finding>;
};

export type Detector = {
  meta: {
    id: string;
    title: string;
    /** The highest severity it reports. */
    severity: Severity;
    /** The roles it reads; empty for detectors that look at the message or the memory only. */
    roles: readonly Role[];
    directions: readonly Direction[];
    /** What this attack does to a user, in one or two sentences. */
    why: string;
    references: readonly string[];
    /**
     * One of these is in every message this detector can object to; an empty list where the gate
     * opens by itself on all of them. Absent: the detector is asked about every message.
     */
    anchors?: readonly Anchor[];
    /** UTF-16 units looked at per passage; the rest is looked at in further windows or not at all. */
    budget: number;
  };
  /** Pure, linear in its input, never throws. */
  inspect(subject: Subject): readonly Finding[];
  examples: { bad: readonly [Example, ...Example[]]; good: readonly [Example, ...Example[]] };
};
