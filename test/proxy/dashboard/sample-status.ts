import { defaultPolicy } from "../../../src/core/policy.ts";
import type { DashboardStatus } from "../../../src/proxy/dashboard/status.ts";

const minute = 60_000;

/** A proxy with two servers and an hour of traffic. */
export function sampleStatus(changes: Partial<DashboardStatus> = {}): DashboardStatus {
  const now = Math.floor(Date.now() / minute) * minute;
  const route = { transport: "http", protocol: "mcp", isReady: true, sessions: 2, connections: 1 };
  return {
    startedAt: now - 137 * minute,
    routes: [
      {
        ...route,
        name: "files",
        mount: "/s/files",
        server: "http://localhost:8000/mcp",
        policy: { ...defaultPolicy, allow: ["read_*"], deny: ["delete_file"] },
        pinSet: "0123abcd",
      },
      {
        ...route,
        name: "agent",
        mount: "/s/agent",
        server: "python3",
        protocol: "a2a",
        policy: defaultPolicy,
        pinSet: "4567cdef",
      },
    ],
    counts: { requests: 12_480, blocked: 7, injections: 4, poisonings: 1, anomalies: 2, streams: 3 },
    latency: { p50: 0.21, p95: 0.94 },
    tools: { read_file: 8123, search_issues: 3001, query: 900, "<script>alert(1)</script>": 12 },
    recent: Array.from({ length: 60 }, (_, at) => ({
      at: now - (59 - at) * minute,
      requests: Math.round(120 + 80 * Math.sin(at / 7) + (at % 5) * 12),
      blocked: at % 17 === 3 ? 2 : 0,
      p50: at < 8 ? null : 0.2 + (at % 4) * 0.02,
      p95: at < 8 ? null : 0.7 + (at % 9) * 0.06,
    })),
    ...changes,
  };
}
