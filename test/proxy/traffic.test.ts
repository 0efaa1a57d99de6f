import { expect, it } from "vitest";
import { Traffic } from "../../src/proxy/traffic.ts";

const call = { route: "r", protocol: "mcp", method: "tools/call", tool: "read", outcome: "allow" } as const;
const hour = 3_600_000;

it("minutes are counted apart, the last hour of them", () => {
  const traffic = new Traffic();
  traffic.observe(call, 0);
  traffic.observe({ ...call, outcome: "block" }, hour);
  traffic.observe({ ...call, addedSeconds: 0.001 }, hour + 59_999);
  traffic.observe(call, hour + 60_000);
  expect(traffic.recent(hour + 60_000)).toEqual([
    { at: hour, requests: 2, blocked: 1, p50: 1, p95: 1 },
    { at: hour + 60_000, requests: 1, blocked: 0, p50: null, p95: null },
  ]);
});

it("latency is that of the last calls", () => {
  const traffic = new Traffic();
  expect(traffic.latency).toBeNull();
  for (let each = 0; each < 500; each++) traffic.observe({ ...call, addedSeconds: 9 }, 0);
  for (let each = 1; each <= 500; each++) traffic.observe({ ...call, addedSeconds: each / 1000 }, 0);
  expect(traffic.latency?.p50).toBeCloseTo(251);
  expect(traffic.latency?.p95).toBeCloseTo(476);
});

it("whoever makes up tool names does not fill the memory", () => {
  const traffic = new Traffic();
  for (let each = 0; each < 1000; each++) traffic.observe({ ...call, tool: `tool-${each}` }, 0);
  expect(Object.keys(traffic.tools).length).toBe(101);
  expect(traffic.tools["other"]).toBe(900);
});
