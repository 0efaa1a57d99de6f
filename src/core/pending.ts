import type { Finding } from "./finding.ts";
import type { PinKind } from "./memory.ts";
import type { Protocol, Transport } from "./session.ts";

/** Something that waits for a person: a changed or objectionable definition, or a held call. */
export type PendingItem = {
  /** Made from the exact thing: the same change seen by two shims is one item. */
  id: string;
  kind: PinKind | "call";
  /** The tool, prompt or card. */
  name: string;
  reason: "changed" | "poisoned" | "held";
  /** Which pin set it belongs to. */
  pinSet: string;
  session: string;
  client: string;
  server: string;
  transport: Transport;
  protocol: Protocol;
  /** ISO 8601. */
  since: string;
  /** Canonical forms; `before` is null where there was none. Of a held call, `after` is its method, tool and arguments. */
  before: string | null;
  after: string;
  findings: readonly Finding[];
};

/** A person's answer, bound to the exact thing by the item's id. */
export type Decision = {
  id: string;
  decision: "approve" | "deny";
  /** ISO 8601. */
  at: string;
  item: PendingItem;
};
