import { Counter, type Registry } from "prom-client";
import { readGauge } from "./read-gauge.ts";

/** Read only when somebody asks; prom-client's own set also runs timers and observers between. */
const gauges = [
  {
    name: "process_start_time_seconds",
    help: "When the process started, in seconds since 1970.",
    read: () => Math.round(Date.now() / 1000 - process.uptime()),
  },
  {
    name: "process_resident_memory_bytes",
    help: "Memory of the process.",
    read: () => process.memoryUsage.rss(),
  },
  {
    name: "nodejs_heap_size_used_bytes",
    help: "Memory that JavaScript values take.",
    read: () => process.memoryUsage().heapUsed,
  },
  {
    name: "nodejs_active_resources",
    help: "Timers, sockets and other things that are open.",
    read: () => process.getActiveResourcesInfo().length,
  },
];

/** Adds what there is to know of the process itself. */
export function processMetrics(registry: Registry): void {
  for (const { name, help, read } of gauges) readGauge(registry, name, help, read);
  const cpu = new Counter({
    name: "process_cpu_seconds_total",
    help: "Processor time the process took.",
    registers: [],
    collect() {
      const { user, system } = process.cpuUsage();
      this.reset();
      this.inc((user + system) / 1e6);
    },
  });
  registry.registerMetric(cpu);
}
