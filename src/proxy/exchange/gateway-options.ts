import type { IncomingMessage, ServerResponse } from "node:http";
import type { AgentSide } from "../a2a/agent-side.ts";
import type { Circuit } from "../circuit.ts";
import type { Metrics } from "../metrics/metrics.ts";
import type { Route } from "../route.ts";
import type { SessionTable } from "../session-table.ts";
import type { Addresses } from "./addresses.ts";
import type { ListCache } from "./list-cache.ts";
import type { Head, Upstream } from "./upstream.ts";

export type GatewayOptions = {
  route: Route;
  upstream: Pick<Upstream, "target" | "call">;
  /** An answer's head as the caller gets it, where a login changes it. */
  toCaller?: ((head: Head, incoming: Incoming) => Head) | undefined;
  sessions: SessionTable;
  circuit: Circuit;
  metrics: Metrics;
  cache: ListCache;
  agent: AgentSide;
  /** What its paths begin with, below the route's own mount: an interface of an agent has a place of its own. */
  place?: string;
  maxBodySize: number;
  /** Event streams open at a time that clients asked for with GET. */
  maxSseConnections: number;
  rateLimitStatus: 200 | 429;
};

/** What the proxy knows of a request before it is read. */
export type Incoming = {
  request: IncomingMessage;
  response: ServerResponse;
  /** Path and query below the route's mount, as they came. */
  path: string;
  /** The API key or remote address. */
  caller: string;
  /** Headers that concern the proxy only. */
  strip: readonly string[];
  /** Under which origin the client knows the proxy. */
  ownOrigin: string;
};

export type AnswerOptions = GatewayOptions & { addresses: Addresses };
