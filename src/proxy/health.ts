import type { CircuitState } from "./circuit.ts";

/** What is known of one upstream. */
export type RouteHealth = {
  name: string;
  /** It has answered at least once, whatever it said. */
  answered: boolean;
  circuit: CircuitState;
};

export type HealthAnswer = { status: 200 | 503; body: string };

/** `/health`: the proxy runs. Anybody may ask, so it says nothing about upstreams, paths or callers. */
export function health(facts: {
  version: string;
  uptimeSeconds: number;
  /** Totals since the start. */
  counts: Readonly<Record<string, number>>;
  /** The detectors that are loaded. */
  plugins: readonly string[];
}): HealthAnswer {
  const { version, uptimeSeconds, counts: metrics, plugins } = facts;
  return answer(200, { status: "ok", version, uptime: Math.round(uptimeSeconds), metrics, plugins });
}

/** `/health/ready`: every upstream has answered, and none has stopped to. */
export function readiness(routes: readonly RouteHealth[]): HealthAnswer {
  const states = routes.map((route) => ({ ...route, ready: route.answered && route.circuit === "closed" }));
  const isReady = states.every(({ ready }) => ready);
  return answer(isReady ? 200 : 503, { status: isReady ? "ready" : "waiting", routes: states });
}

function answer(status: HealthAnswer["status"], body: object): HealthAnswer {
  return { status, body: `${JSON.stringify(body)}\n` };
}
