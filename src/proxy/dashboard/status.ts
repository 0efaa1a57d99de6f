import type { Policy } from "../../core/policy.ts";

/** One server or agent behind the proxy, as the dashboard shows it. */
export type DashboardRoute = {
  name: string;
  /** What its paths begin with. */
  mount: string;
  /** A URL without credentials, or the first word of a command. */
  server: string;
  transport: string;
  protocol: string;
  policy: Policy;
  /** True once the server has answered, false again while it does not. */
  isReady: boolean;
  sessions: number;
  connections: number;
  /** The key of its pins. */
  pinSet: string;
};

/** One minute of traffic. */
export type Minute = {
  /** Its beginning, in milliseconds since 1970. */
  at: number;
  requests: number;
  blocked: number;
  /** Milliseconds that the guard added; null where nothing was measured. */
  p50: number | null;
  p95: number | null;
};

/** Facts of the running proxy, since it started. */
export type DashboardStatus = {
  /** Milliseconds since 1970. */
  startedAt: number;
  routes: readonly DashboardRoute[];
  counts: {
    requests: number;
    blocked: number;
    injections: number;
    poisonings: number;
    anomalies: number;
    /** Streams that are open now. */
    streams: number;
  };
  /** Milliseconds that the guard added; null where nothing was measured. */
  latency: { p50: number; p95: number } | null;
  /** Calls by tool; of bounded size, the rest under a name of its own. */
  tools: Readonly<Record<string, number>>;
  /** The last hour, oldest first; minutes without traffic may be missing. */
  recent: readonly Minute[];
};
