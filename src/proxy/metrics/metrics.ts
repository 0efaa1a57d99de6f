import { Gauge, Registry } from "prom-client";
import type { Severity } from "../../core/finding.ts";
import type { Protocol } from "../../core/session.ts";
import type { Action } from "../../core/verdict.ts";
import { boundedLabels, methodLabel } from "./bounded.ts";
import { routeGauges, type GaugeName } from "./route-gauges.ts";
import { instruments } from "./instruments.ts";
import { newTally, olderNames, type Tally } from "./older-names.ts";
import { processMetrics } from "./process-metrics.ts";

/** One message that was judged, once it is known what became of it. */
export type Observation = {
  route: string;
  protocol: Protocol;
  method: string | undefined;
  /** Of a tools/call. */
  tool: string | undefined;
  /** What the guard did; `error` where the upstream failed. */
  outcome: Action | "error";
  /** What the guard took, without the upstream. */
  addedSeconds?: number | undefined;
  /** Until the upstream began to answer. */
  upstreamSeconds?: number | undefined;
};

export type Metrics = {
  observe(observation: Observation): void;
  /** A response went out with this HTTP status. */
  response(route: string, status: number): void;
  /** An event stream to a client opened (1) or ended (-1). */
  stream(route: string, change: 1 | -1): void;
  /** All that was found in one message: an attack with five signs is one attack. */
  found(findings: readonly { detector: string; severity: Severity; action: Action }[]): void;
  /** `read` is asked whenever somebody reads the metrics. */
  gauge(name: GaugeName, route: string, read: () => number): void;
  /** Totals since the start. */
  counts(): Readonly<Tally>;
  /** Prometheus text. */
  render(): Promise<{ contentType: string; body: string }>;
};

const MOST_TOOLS = 200;

const tallied: Readonly<Record<string, "injections" | "poisonings" | "anomalies">> = {
  "prompt-injection": "injections",
  "tool-poisoning": "poisonings",
  anomaly: "anomalies",
};

/** The numbers of one proxy, in a registry of their own. */
export function createMetrics(version: string): Metrics {
  const registry = new Registry();
  const { requests, tools, findings, responses, added, upstream, streams } = instruments(registry);
  const tally = newTally();
  const toolLabel = boundedLabels(MOST_TOOLS);
  new Gauge({
    name: "mcpguard_info",
    help: "The version that runs.",
    labelNames: ["version"],
    registers: [registry],
  }).set({ version }, 1);
  const gauge = routeGauges(registry);
  olderNames(registry, tally);
  processMetrics(registry);

  function observe({ route, protocol, method, tool, outcome, addedSeconds, upstreamSeconds }: Observation): void {
    tally.requests += 1;
    if (outcome === "block") tally.blocked += 1;
    requests.inc({ route, protocol, method: methodLabel(method), outcome });
    if (tool !== undefined) tools.inc({ tool: toolLabel(tool) });
    if (isSeconds(addedSeconds)) added.observe({ route }, addedSeconds);
    if (isSeconds(upstreamSeconds)) upstream.observe({ route }, upstreamSeconds);
  }

  return {
    observe,
    gauge,
    response: (route, status) => responses.inc({ route, status }),
    stream: (route, change) => {
      if (change === 1) tally.streams += 1;
      streams.inc({ route }, change);
    },
    found: (all) => {
      if (all.length === 0) return;
      for (const { detector, severity, action } of all) findings.inc({ detector, severity, action });
      for (const detector of new Set(all.map((each) => each.detector))) {
        const kind = tallied[detector];
        if (kind !== undefined) tally[kind] += 1;
      }
    },
    counts: () => tally,
    render: async () => ({ contentType: registry.contentType, body: await registry.metrics() }),
  };
}

/** prom-client throws at numbers that are none, and a message must not fail for its statistics. */
function isSeconds(value: number | undefined): value is number {
  return value !== undefined && Number.isFinite(value) && value >= 0;
}
