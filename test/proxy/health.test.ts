import { expect, it } from "vitest";
import type { CircuitState } from "../../src/proxy/circuit.ts";
import { health, readiness } from "../../src/proxy/health.ts";

it("says that it runs, for how long, in which version, and what it counted", () => {
  const { status, body } = health({ version: "1.2.3", uptimeSeconds: 61.7, counts: { requests: 5 }, plugins: ["a"] });
  expect(status).toBe(200);
  expect(JSON.parse(body)).toEqual({
    status: "ok",
    version: "1.2.3",
    uptime: 62,
    metrics: { requests: 5 },
    plugins: ["a"],
  });
});

const route = (answered: boolean, circuit: CircuitState = "closed") => ({ name: "a", answered, circuit });

it.each([
  ["every upstream has answered", [route(true), route(true)], 200],
  ["one has not answered yet", [route(true), route(false)], 503],
  ["the circuit of one is open", [route(true), route(true, "open")], 503],
  ["one is being tried again", [route(true, "half-open")], 503],
])("is ready or not where %s", (_, routes, status) => {
  const answer = readiness(routes);
  expect(answer.status).toBe(status);
  const body: { status: string; routes: { ready: boolean; circuit: string }[] } = JSON.parse(answer.body);
  expect(body.status).toBe(status === 200 ? "ready" : "waiting");
  expect(body.routes.map(({ circuit }) => circuit)).toEqual(routes.map(({ circuit }) => circuit));
  expect(body.routes.every(({ ready }) => ready)).toBe(status === 200);
});
