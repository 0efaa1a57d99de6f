import { Gauge, type Registry } from "prom-client";

/** What is read only when somebody asks. A circuit is 0 closed, 1 half-open, 2 open. */
export type GaugeName = "sessions" | "children" | "circuit";

const helps: Readonly<Record<GaugeName, string>> = {
  sessions: "Sessions that are open.",
  children: "Server processes that run.",
  circuit: "0: requests are sent. 1: one is tried. 2: the upstream is left in peace.",
};

/** Gauges by route; the function returned adds one, whose `read` is asked whenever the metrics are. */
export function routeGauges(registry: Registry): (name: GaugeName, route: string, read: () => number) => void {
  const readings: Record<GaugeName, Map<string, () => number>> = {
    sessions: new Map(),
    children: new Map(),
    circuit: new Map(),
  };
  for (const name of Object.keys(helps) as GaugeName[]) {
    const gauge = new Gauge({
      name: `mcpguard_${name}`,
      help: helps[name],
      labelNames: ["route"],
      registers: [],
      collect() {
        for (const [route, read] of readings[name]) this.set({ route }, read());
      },
    });
    registry.registerMetric(gauge);
  }
  return (name, route, read) => void readings[name].set(route, read);
}
