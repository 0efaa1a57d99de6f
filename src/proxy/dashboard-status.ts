import type { Policy } from "../core/policy.ts";
import type { DashboardRoute, DashboardStatus } from "./dashboard/status.ts";
import type { Metrics } from "./metrics/metrics.ts";
import type { Mounted } from "./mounted.ts";
import type { UpstreamOptions } from "./proxy-options.ts";
import type { Traffic } from "./traffic.ts";

export type StatusSources = {
  startedAt: number;
  mounts: readonly Mounted[];
  metrics: Metrics;
  traffic: Traffic;
  policyFor(server: string): Policy;
};

/** What the dashboard shows of the running proxy. */
export function dashboardStatus({ startedAt, mounts, metrics, traffic, policyFor }: StatusSources): DashboardStatus {
  const routes = mounts.map((mount) => routeStatus(mount, policyFor(mount.route.upstream.name)));
  const streams = routes.reduce((sum, { connections }) => sum + connections, 0);
  return {
    startedAt,
    routes,
    counts: { ...metrics.counts(), streams },
    latency: traffic.latency,
    tools: traffic.tools,
    recent: traffic.recent(Date.now()),
  };
}

function routeStatus({ route, health }: Mounted, policy: Policy): DashboardRoute {
  const { name, mount, server, protocol } = route.upstream;
  const { answered, circuit } = health();
  return {
    name,
    mount,
    server: shown(server),
    transport: "target" in server ? "http" : "stdio",
    protocol: protocol ?? "mcp or a2a",
    policy,
    isReady: answered && circuit === "closed",
    sessions: route.sessions.size,
    connections: route.openStreams,
    pinSet: route.server.pinSet,
  };
}

/** Without credentials, and of a command only the program: its arguments may be secret. */
function shown(server: UpstreamOptions["server"]): string {
  if ("target" in server) return server.target.origin + server.target.pathname;
  return server.command[0] ?? "";
}
