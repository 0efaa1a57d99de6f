import { describe, expect, it } from "vitest";
import { createMetrics, type Metrics, type Observation } from "../../../src/proxy/metrics/metrics.ts";
import { readPrometheus, type Family } from "./read-prometheus.ts";

const call: Observation = {
  route: "default",
  protocol: "mcp",
  method: "tools/call",
  tool: "search",
  outcome: "allow",
  addedSeconds: 0.0003,
  upstreamSeconds: 0.02,
};

async function read(metrics: Metrics): Promise<(name: string, labels?: object) => number | undefined> {
  const families = readPrometheus((await metrics.render()).body);
  const samples = [...families.values()].flatMap((family: Family) => family.samples);
  return (name, labels = {}) =>
    samples.find((sample) => {
      return sample.name === name && Object.entries(labels).every(([key, value]) => sample.labels[key] === value);
    })?.value;
}

it("is well formed before anything happened", async () => {
  const metrics = createMetrics("1.2.3");
  const value = await read(metrics);
  expect(value("mcpguard_info", { version: "1.2.3" })).toBe(1);
  expect(value("mcpguard_total_requests")).toBe(0);
  expect(value("process_resident_memory_bytes")).toBeGreaterThan(1e6);
  expect(value("process_cpu_seconds_total")).toBeGreaterThan(0);
  expect(value("process_start_time_seconds")).toBeLessThanOrEqual(Date.now() / 1000);
  expect((await metrics.render()).contentType).toMatch(/^text\/plain; version=0\.0\.4/);
});

it("counts messages by what became of them, and measures them", async () => {
  const metrics = createMetrics("1");
  metrics.observe(call);
  metrics.observe({ ...call, outcome: "block", addedSeconds: 0.5, upstreamSeconds: undefined });
  metrics.observe({ ...call, method: "tools/list", tool: undefined });
  metrics.response("default", 200);
  const value = await read(metrics);
  const tally = { route: "default", protocol: "mcp", method: "tools/call" };
  expect(value("mcpguard_requests_total", { ...tally, outcome: "allow" })).toBe(1);
  expect(value("mcpguard_requests_total", { ...tally, outcome: "block" })).toBe(1);
  expect(value("mcpguard_tool_calls_total", { tool: "search" })).toBe(2);
  expect(value("mcpguard_added_latency_seconds_count", { route: "default" })).toBe(3);
  expect(value("mcpguard_added_latency_seconds_bucket", { le: "0.0005" })).toBe(2);
  expect(value("mcpguard_upstream_latency_seconds_sum")).toBeCloseTo(0.04);
  expect(value("mcpguard_responses_total", { status: "200" })).toBe(1);
});

it("keeps the seed's names", async () => {
  const metrics = createMetrics("1");
  metrics.observe({ ...call, outcome: "block" });
  metrics.observe(call);
  metrics.found([
    { detector: "prompt-injection", severity: "high", action: "block" },
    { detector: "prompt-injection", severity: "medium", action: "block" },
  ]);
  metrics.found([{ detector: "tool-poisoning", severity: "high", action: "hide" }]);
  metrics.found([{ detector: "anomaly", severity: "low", action: "allow" }]);
  metrics.found([{ detector: "secret-leak", severity: "high", action: "redact" }]);
  metrics.stream("default", 1);
  metrics.stream("default", 1);
  metrics.stream("default", -1);
  const value = await read(metrics);
  expect(value("mcpguard_total_requests")).toBe(2);
  expect(value("mcpguard_blocked_requests")).toBe(1);
  expect(value("mcpguard_injections_detected")).toBe(1);
  expect(value("mcpguard_poisoning_detected")).toBe(1);
  expect(value("mcpguard_anomalies_detected")).toBe(1);
  expect(value("mcpguard_sse_total_connections")).toBe(2);
  expect(value("mcpguard_streams", { route: "default" })).toBe(1);
  expect(value("mcpguard_findings_total", { detector: "secret-leak", action: "redact" })).toBe(1);
  expect(metrics.counts()).toEqual({
    requests: 2,
    blocked: 1,
    injections: 1,
    poisonings: 1,
    anomalies: 1,
    streams: 2,
  });
});

it("reads gauges when somebody asks, and the newest where one is given again", async () => {
  const metrics = createMetrics("1");
  let open = 3;
  metrics.gauge("sessions", "a", () => open);
  metrics.gauge("circuit", "a", () => 1);
  metrics.gauge("circuit", "a", () => 2);
  open = 4;
  const value = await read(metrics);
  expect(value("mcpguard_sessions", { route: "a" })).toBe(4);
  expect(value("mcpguard_circuit", { route: "a" })).toBe(2);
});

describe("what a caller makes up", () => {
  it("stays harmless in labels", async () => {
    const metrics = createMetrics("1");
    const tool = 'a"b\\c\n# TYPE evil counter\nevil{x="1"} 1';
    metrics.observe({ ...call, tool });
    expect((await read(metrics))("mcpguard_tool_calls_total", { tool })).toBe(1);
  });

  it("cannot fill the memory: 10,000 tools and methods share a label", async () => {
    const metrics = createMetrics("1");
    for (let index = 0; index < 10_000; index++) {
      metrics.observe({ ...call, tool: `tool-${index}`, method: `made/up-${index}` });
    }
    metrics.observe({ ...call, tool: "x".repeat(100_000) });
    const { body } = await metrics.render();
    const tools = readPrometheus(body).get("mcpguard_tool_calls_total")?.samples ?? [];
    expect(tools).toHaveLength(201);
    expect(tools.find(({ labels }) => labels["tool"] === "other")?.value).toBe(9801);
    expect(readPrometheus(body).get("mcpguard_requests_total")?.samples).toHaveLength(2);
  });

  it("and broken clocks break nothing", async () => {
    const metrics = createMetrics("1");
    for (const addedSeconds of [NaN, Infinity, -1]) metrics.observe({ ...call, addedSeconds, upstreamSeconds: -1 });
    expect((await read(metrics))("mcpguard_added_latency_seconds_count")).toBeUndefined();
    expect(metrics.counts().requests).toBe(3);
  });
});

it("keeps the numbers of two proxies apart", () => {
  const [one, other] = [createMetrics("1"), createMetrics("1")];
  one.observe(call);
  expect(other.counts().requests).toBe(0);
});

it("costs a few microseconds for a message", () => {
  const metrics = createMetrics("1");
  const rounds = 20_000;
  for (let count = 0; count < rounds; count++) metrics.observe(call);
  const before = process.cpuUsage();
  for (let count = 0; count < rounds; count++) metrics.observe(call);
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / rounds).toBeLessThan(20);
});
