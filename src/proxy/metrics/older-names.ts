import type { Registry } from "prom-client";
import { readGauge } from "./read-gauge.ts";

/** Totals since the start. */
export type Tally = {
  requests: number;
  blocked: number;
  injections: number;
  poisonings: number;
  anomalies: number;
  streams: number;
};

const names: Readonly<Record<keyof Tally, { name: string; help: string }>> = {
  requests: { name: "mcpguard_total_requests", help: "Messages judged; see mcpguard_requests_total." },
  blocked: { name: "mcpguard_blocked_requests", help: "Messages refused; see mcpguard_requests_total." },
  injections: { name: "mcpguard_injections_detected", help: "Injections found; see mcpguard_findings_total." },
  poisonings: { name: "mcpguard_poisoning_detected", help: "Poisoned tools found; see mcpguard_findings_total." },
  anomalies: { name: "mcpguard_anomalies_detected", help: "Anomalies found; see mcpguard_findings_total." },
  streams: { name: "mcpguard_sse_total_connections", help: "Event streams opened since the start." },
};

export function newTally(): Tally {
  return { requests: 0, blocked: 0, injections: 0, poisonings: 0, anomalies: 0, streams: 0 };
}

/**
 * The names that dashboards written for MCPGuard 0.3 ask for. They are gauges, since a counter's name has to end in
 * `_total`; `rate()` takes them all the same.
 */
export function olderNames(registry: Registry, tally: Readonly<Tally>): void {
  for (const key of Object.keys(names) as (keyof Tally)[]) {
    readGauge(registry, names[key].name, names[key].help, () => tally[key]);
  }
}
