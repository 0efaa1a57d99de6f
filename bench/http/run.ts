import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { eventDelay, load, quantile, roundTrip } from "./measures.ts";
import { startMiddle, type Middle } from "./process-in-the-middle.ts";

// npm run bench:http -- [rounds]: interleaved, so that whatever else the machine does meets all alike.
const rounds = Number(process.argv[2] ?? 5);
const here = import.meta.dirname;
const home = mkdtempSync(join(tmpdir(), "mcpguard-bench-"));
const names = ["direct", "relay", "mcpguard"] as const;
type Name = (typeof names)[number];

const MILLISECONDS = 1500;
const MEGABYTE = 1024 * 1024;
const results = new Map<string, Map<Name, number[]>>();

async function startAll(): Promise<Record<Name, Middle>> {
  const direct = await startMiddle([join(here, "echo-server.cjs")]);
  const relay = await startMiddle([join(here, "relay.cjs"), direct.url]);
  const limits = ["--rate-limit", "1000000", "--rate-window", "1"];
  const proxy = ["proxy", "--target", direct.url, "--port", "0", ...limits];
  const env = { ...process.env, HOME: home, MCPGUARD_HOME: home };
  const mcpguard = await startMiddle([join(here, "../../bin/mcpguard.js"), ...proxy], env);
  return { direct, relay, mcpguard };
}

function note(measure: string, name: Name, value: number): void {
  const row = results.get(measure) ?? new Map<Name, number[]>();
  row.set(name, [...(row.get(name) ?? []), value]);
  results.set(measure, row);
}

async function round(name: Name, middle: Middle): Promise<void> {
  for (const sessions of [1, 8, 64]) {
    const spent = middle.processorTime();
    const { calls, perSecond, p50, p99 } = await load(middle.url, sessions, MILLISECONDS);
    const at = `${sessions} ${sessions === 1 ? "session" : "sessions"}:`;
    note(`${at} calls/s`, name, perSecond);
    note(`${at} p50 µs`, name, p50);
    note(`${at} p99 µs`, name, p99);
    note(`${at} processor µs/call`, name, ((middle.processorTime() - spent) * 1000) / calls);
  }
  note("100 KB result p50 µs", name, await roundTrip(middle.url, 30, 100 * 1024));
  note("1 MB result p50 µs", name, await roundTrip(middle.url, 20, MEGABYTE));
  note("event delay p50 µs", name, await eventDelay(middle.url, 50));
}

function report(): void {
  for (const [measure, row] of results) {
    const cells = names.map((name) => {
      const values = row.get(name) ?? [];
      return `${name} ${quantile(values, 0.5).toFixed(0)} (min ${Math.min(...values).toFixed(0)})`;
    });
    const [direct = 0, relay = 0, guarded = 0] = names.map((name) => quantile(row.get(name) ?? [], 0.5));
    const ratios = `÷direct ${(guarded / direct).toFixed(2)}  ÷relay ${(guarded / relay).toFixed(2)}`;
    console.log(`${measure.padEnd(30)} ${cells.join("  ")}  ${ratios}`);
  }
}

const middles = await startAll();
try {
  await wait(500);
  const idle = names.map((name) => middles[name].memory());
  for (const name of names) await load(middles[name].url, 8, MILLISECONDS);
  for (let count = 0; count < rounds; count++) {
    for (const name of names) await round(name, middles[name]);
  }
  report();
  for (const [index, name] of names.entries())
    console.log(
      `${name}: memory idle ${idle[index]?.toFixed(1)} MiB, at the end ${middles[name].memory().toFixed(1)} MiB`,
    );
} finally {
  for (const name of names) await middles[name].stop();
  rmSync(home, { recursive: true, force: true });
}
