import { expect, it } from "vitest";
import { callTool } from "../../commands/proxy/plain-server.ts";
import { guarded } from "../access/guarded.ts";
import { readPrometheus } from "./read-prometheus.ts";

it("a running proxy's metrics are well formed and say what happened", async () => {
  const { url } = await guarded({ deny: "exec" });
  await callTool(url, "search");
  await callTool(url, "exec");
  await callTool(url, 'evil"\n# TYPE x counter');
  const response = await fetch(`${url}/metrics`);
  expect(response.headers.get("content-type")).toMatch(/^text\/plain; version=0\.0\.4; charset=utf-8$/);
  const families = readPrometheus(await response.text());
  const value = (name: string, labels: object = {}) =>
    families.get(name)?.samples.find((sample) => {
      return Object.entries(labels).every(([key, wanted]) => sample.labels[key] === wanted);
    })?.value;
  expect(value("mcpguard_total_requests")).toBe(3);
  expect(value("mcpguard_blocked_requests")).toBe(1);
  expect(value("mcpguard_requests_total", { route: "default", method: "tools/call", outcome: "block" })).toBe(1);
  expect(value("mcpguard_tool_calls_total", { tool: "search" })).toBe(1);
  expect(value("mcpguard_circuit", { route: "default" })).toBe(0);
  const added = families.get("mcpguard_added_latency_seconds")?.samples ?? [];
  expect(added.find(({ name }) => name.endsWith("_count"))?.value).toBeGreaterThanOrEqual(2);
});

it("is ready once its upstream answers, and says of which it waits", async () => {
  const dead = await guarded({ target: "http://127.0.0.1:9" });
  const waiting = await fetch(`${dead.url}/health/ready`);
  expect(waiting.status).toBe(503);
  expect(await waiting.json()).toEqual({
    status: "waiting",
    routes: [{ name: "default", answered: false, circuit: "closed", ready: false }],
  });
  expect((await fetch(`${dead.url}/health`)).status).toBe(200);

  const alive = await guarded();
  const ready = await fetch(`${alive.url}/health/ready`);
  expect(ready.status).toBe(200);
  expect(await ready.json()).toMatchObject({ status: "ready", routes: [{ name: "default", ready: true }] });
});

it("an upstream that fails five times is left in peace, and is not ready", async () => {
  const { url } = await guarded({ target: "http://127.0.0.1:9" });
  const statuses: number[] = [];
  for (let count = 0; count < 7; count++) statuses.push((await callTool(url, "search")).status);
  expect(statuses).toEqual([502, 502, 502, 502, 502, 503, 503]);
  expect((await callTool(url, "search")).headers.get("retry-after")).toBe("1");
  const metrics = await (await fetch(`${url}/metrics`)).text();
  expect(metrics).toMatch(/mcpguard_circuit\{route="default"\} [12]/);
  expect(await (await fetch(`${url}/health/ready`)).json()).toMatchObject({ routes: [{ ready: false }] });
});
