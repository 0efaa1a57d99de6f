import type { JsonObject } from "./json.ts";
import type { PendingRequest } from "./message.ts";

/** The kinds of definition that are pinned. */
export type PinKind = "tool" | "prompt" | "instructions" | "agent-card";

/** A definition as a server gave it. `form` is canonical JSON: members sorted, white space folded. */
export type Definition = { kind: PinKind; name: string; form: string };

/** The pinned forms of one server: what was first seen or last approved, and what a person decided since. */
export type Baseline = {
  /** By `kind:name`. */
  pinned: Map<string, string>;
  /** Forms a person approved, or denied, by `kind:name`. */
  approved: Map<string, ReadonlySet<string>>;
  denied: Map<string, ReadonlySet<string>>;
};

/** Calls of one method: enough to judge rates, never more than a fixed number. */
export type CallTimes = { recent: number[]; total: number };

/** Requests that wait for an answer, by `looseKey` of their id. */
export type OpenRequests = { fromClient: Map<string, PendingRequest[]>; fromServer: Map<string, PendingRequest[]> };

/** What all sessions of one server may share, because it is about the server. */
export type ServerMemory = {
  baseline: Baseline;
  /** Tools of the server's lists that the client was not shown, in which form, and why. */
  hidden: Map<string, { form: string; because: string }>;
};

/** What the engine remembers of a session. Only `engine/fold.ts` changes it. */
export type Memory = ServerMemory & {
  pending: OpenRequests;
  /** Time of the first message, in milliseconds; undefined in a replay without times. */
  startedAt: number | undefined;
  /** Sliding windows by method, client to server. */
  calls: Map<string, CallTimes>;
  /** When each anomaly rule last spoke, by `rule:method`. */
  anomalies: Map<string, number>;
  /** The last definition of each tool the client was shown. */
  tools: Map<string, JsonObject>;
  /** The tools whose calls became tasks, by the task's id. */
  tasks: Map<string, string>;
  /** Of each text that comes piece by piece, its end so far: an attack may be split over the pieces. */
  tails: Map<string, string>;
  /** Directories the client declared as roots, as URIs; undefined where it never did. */
  roots: readonly string[] | undefined;
  /** True once `initialize` was answered (revisions up to 2025-11-25). */
  initialized: boolean;
  /** Ids of open `subscriptions/listen` requests (2026-07-28). */
  subscriptions: Map<string, string | number>;
  /** How often each oddity was reported: chatty servers must not flood the log. */
  oddities: Map<string, number>;
  /** Detectors switched off for the session after repeated overruns or errors. */
  disabled: Set<string>;
};
