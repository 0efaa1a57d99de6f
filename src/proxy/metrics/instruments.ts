import { Counter, Gauge, Histogram, type Registry } from "prom-client";

/** From a tenth of a millisecond to a second; an upstream from one millisecond to two minutes. */
const addedBuckets = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 1];
const upstreamBuckets = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 120];

/** What is counted and measured while messages pass. */
export function instruments(registry: Registry) {
  const counter = <L extends string>(name: string, help: string, labelNames: readonly L[]) =>
    new Counter({ name: `mcpguard_${name}`, help, labelNames, registers: [registry] });
  const histogram = (name: string, help: string, buckets: number[]) =>
    new Histogram({ name: `mcpguard_${name}`, help, labelNames: ["route"], buckets, registers: [registry] });

  return {
    requests: counter("requests_total", "Messages judged.", ["route", "protocol", "method", "outcome"]),
    tools: counter("tool_calls_total", 'Tool calls; "other" are those of tools beyond the first 200.', ["tool"]),
    findings: counter("findings_total", "What detectors found.", ["detector", "severity", "action"]),
    responses: counter("responses_total", "HTTP responses to clients.", ["route", "status"]),
    added: histogram("added_latency_seconds", "What the guard added to a message.", addedBuckets),
    upstream: histogram("upstream_latency_seconds", "Until the upstream began to answer.", upstreamBuckets),
    streams: new Gauge({
      name: "mcpguard_streams",
      help: "Event streams that are open.",
      labelNames: ["route"],
      registers: [registry],
    }),
  };
}
