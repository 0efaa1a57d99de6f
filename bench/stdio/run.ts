import { createHash } from "node:crypto";
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { coldStart, median, roundTrip, throughput } from "./measures.ts";
import { Peer } from "./peer.ts";

// npm run bench -- [rounds]: interleaved, so that whatever else the machine does meets all alike.
const rounds = Number(process.argv[2] ?? 5);
const here = import.meta.dirname;
const server = [process.execPath, join(here, "echo-server.cjs")];
const home = mkdtempSync(join(tmpdir(), "mcpguard-bench-"));
const commands = {
  direct: server,
  relay: [process.execPath, join(here, "relay.cjs"), ...server],
  mcpguard: [
    process.execPath,
    join(here, "../../dist/wrap.cjs"),
    "wrap",
    "--server",
    "echo",
    "--client",
    "bench",
    "--",
    ...server,
  ],
};
type Name = keyof typeof commands;
const names = ["direct", "relay", "mcpguard"] as const;
const start = (name: Name): Peer => new Peer(commands[name], { ...process.env, MCPGUARD_HOME: home });

const THROUGHPUT_CALLS = 20_000;
const MEGABYTE = 1024 * 1024;
const results = new Map<string, Map<Name, number[]>>();

function note(measure: string, name: Name, value: number): void {
  const row = results.get(measure) ?? new Map<Name, number[]>();
  row.set(name, [...(row.get(name) ?? []), value]);
  results.set(measure, row);
}

async function round(name: Name): Promise<void> {
  for (let count = 0; count < 3; count++) note("cold start ms", name, await coldStart(() => start(name)));
  const peer = start(name);
  await peer.call("initialize", {});
  await wait(300);
  if (name !== "direct") note("idle memory MiB", name, peer.memory());
  await roundTrip(peer, 300);
  note("round trip p50 µs", name, await roundTrip(peer, 1000));
  const spent = peer.processorTime();
  note("64 in flight calls/s", name, await throughput(peer, THROUGHPUT_CALLS));
  if (name !== "direct") note("processor µs/call", name, ((peer.processorTime() - spent) * 1000) / THROUGHPUT_CALLS);
  note("100 KB result p50 µs", name, await roundTrip(peer, 30, 100 * 1024));
  note("1 MB result p50 µs", name, await roundTrip(peer, 20, MEGABYTE));
  await peer.close();
}

async function soak(name: Name): Promise<void> {
  const peer = start(name);
  await throughput(peer, 30_000);
  const before = peer.memory();
  await throughput(peer, 70_000);
  console.log(
    `${name}: memory after 30,000 calls ${before.toFixed(1)} MiB, after 100,000 ${peer.memory().toFixed(1)} MiB`,
  );
  const big = await peer.tool({ size: 64 * MEGABYTE });
  console.log(
    `${name}: 64 MB result ${createHash("sha256").update(big).digest("hex").slice(0, 16)} (${big.length} bytes), memory then ${peer.memory().toFixed(1)} MiB`,
  );
  await peer.close();
}

async function bareNode(): Promise<number> {
  const child = spawn(process.execPath, ["-e", "setTimeout(() => {}, 10_000)"], { stdio: "ignore" });
  await wait(500);
  const status = readFileSync(`/proc/${child.pid}/status`, "utf8");
  child.kill();
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
}

function report(): void {
  for (const [measure, row] of results) {
    const cells = names.map((name) => {
      const values = row.get(name) ?? [];
      return values.length === 0
        ? `${name} –`
        : `${name} ${median(values).toFixed(1)} (min ${Math.min(...values).toFixed(1)})`;
    });
    const ratio = median(row.get("mcpguard") ?? []) / median(row.get("relay") ?? []);
    console.log(`${measure.padEnd(22)} ${cells.join("  ")}  ÷relay ${ratio.toFixed(2)}`);
  }
}

try {
  for (let count = 0; count < rounds; count++) {
    for (const name of names) await round(name);
  }
  report();
  console.log(`node alone: ${(await bareNode()).toFixed(1)} MiB`);
  for (const name of ["relay", "mcpguard"] as const) await soak(name);
} finally {
  rmSync(home, { recursive: true, force: true });
}
