import { Gauge, type Registry } from "prom-client";

/** A gauge without labels that is read only when somebody asks for it. */
export function readGauge(registry: Registry, name: string, help: string, read: () => number): void {
  const gauge = new Gauge({
    name,
    help,
    registers: [],
    collect() {
      this.set(read());
    },
  });
  registry.registerMetric(gauge);
}
