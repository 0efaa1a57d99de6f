/** What the gateway to a stdio server grants. Times are milliseconds, sizes bytes. */
export type Limits = {
  /** Sessions and callers at once: each may have a process. */
  peers: number;
  /** After so long without a request or an open stream a session ends. */
  idle: number;
  /** A silent stream shows so often that it is alive; a silent answer becomes a stream after as long. */
  keepAlive: number;
  /** Kept of a session's streams so that a client can resume them. */
  storedEvents: number;
  storedBytes: number;
  /** Waiting for a server that does not read. */
  unread: number;
  /** Waiting for a client that does not read, while others wait for the same server. */
  behind: number;
  /** A client that holds its own server back for so long is cut off. */
  stalled: number;
  /** A server that says nothing to `server/discover` for so long is of an earlier revision. */
  discovery: number;
  /** An answer to a call that its client cancelled is delivered if it comes this soon. */
  afterCancel: number;
  /** Members of a batch. */
  batch: number;
};

export const defaultLimits: Limits = {
  peers: 256,
  idle: 30 * 60_000,
  keepAlive: 15_000,
  storedEvents: 1000,
  storedBytes: 4 * 1024 * 1024,
  unread: 32 * 1024 * 1024,
  behind: 16 * 1024 * 1024,
  stalled: 30_000,
  discovery: 30_000,
  afterCancel: 5_000,
  batch: 100,
};
