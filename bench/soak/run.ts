import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Caller, type Tally } from "./caller.ts";

const SESSIONS = 64;
const KILL_EVERY = 20_000;
const SAMPLE_EVERY = 5000;

type Sample = { heap: number; rss: number; handles: number; sessions: number };

/** `npm run soak [-- MINUTES]`: 64 sessions through the built proxy while the server behind it is killed again and again. */
async function main(minutes: number): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), "mcpguard-soak-"));
  const port = await freePort();
  let upstream = await startUpstream(port);
  const proxy = await startProxy(port, home);
  const tally: Tally = { answered: 0, refused: 0, cancelled: 0, notices: 0, lost: 0, crossed: 0 };
  const callers = Array.from({ length: SESSIONS }, (_, at) => new Caller(`${proxy.url}/mcp`, `s${at}`, tally));
  const running = callers.map((caller) => caller.run());
  const samples: Sample[] = [];
  const until = Date.now() + minutes * 60_000;
  for (let next = Date.now() + KILL_EVERY; Date.now() < until;) {
    await sleep(SAMPLE_EVERY);
    samples.push(await sample(proxy.url));
    if (Date.now() < next) continue;
    next += KILL_EVERY;
    upstream.kill("SIGKILL");
    upstream = await startUpstream(port);
  }
  for (const caller of callers) caller.stop();
  await Promise.all(running);
  await sleep(SAMPLE_EVERY);
  const after = await sample(proxy.url);
  report(tally, samples, after);
  proxy.process.kill("SIGTERM");
  await once(proxy.process, "exit");
  upstream.kill("SIGKILL");
  rmSync(home, { recursive: true, force: true });
}

/** What stays is the least of a third: between, garbage waits to be collected. */
function report(tally: Tally, samples: readonly Sample[], after: Sample): void {
  const third = Math.floor(samples.length / 3);
  const least = (part: readonly Sample[], of: keyof Sample) => Math.min(...part.map((each) => each[of]));
  const [first, last] = [samples.slice(third, 2 * third), samples.slice(-third)];
  const [before, later] = [least(first, "heap"), least(last, "heap")];
  console.log(JSON.stringify(tally));
  console.log(`heap, least of the second and of the last third: ${mb(before)} → ${mb(later)} MB`);
  console.log(`resident, likewise: ${mb(least(first, "rss"))} → ${mb(least(last, "rss"))} MB`);
  console.log(`handles: ${least(first, "handles")} → ${least(last, "handles")}, ${after.handles} after the last call`);
  console.log(`sessions: ${after.sessions}`);
  const isFlat = later < before * 1.25 + 4e6 && least(last, "handles") <= least(first, "handles") * 1.25 + 10;
  const isWhole = tally.lost === 0 && tally.crossed === 0 && tally.answered > 0;
  console.log(isFlat && isWhole ? "passed" : "FAILED");
  process.exitCode = isFlat && isWhole ? 0 : 1;
}

const mb = (bytes: number): string => (bytes / 1e6).toFixed(1);

async function sample(url: string): Promise<Sample> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const read = (name: string) => Number(new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)$`, "m").exec(text)?.[1]);
  return {
    heap: read("nodejs_heap_size_used_bytes"),
    rss: read("process_resident_memory_bytes"),
    handles: read("nodejs_active_resources"),
    sessions: read("mcpguard_sessions"),
  };
}

async function startUpstream(port: number): Promise<ChildProcess> {
  const child = spawn(process.execPath, [resolve("bench/soak/upstream.cjs"), String(port)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child.stdout, "data");
  return child;
}

async function startProxy(port: number, home: string): Promise<{ url: string; process: ChildProcess }> {
  const args = ["--json", "--port", "0", "--target", `http://127.0.0.1:${port}`, "--rate-limit", "1000000000"];
  const child = spawn(process.execPath, [resolve("bin/mcpguard.js"), "proxy", ...args], {
    env: { ...process.env, MCPGUARD_HOME: home },
    stdio: ["ignore", "pipe", "ignore"],
  });
  const [line] = await once(child.stdout, "data");
  const banner = JSON.parse(String(line)) as { url: string };
  return { url: banner.url, process: child };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

await main(Number(process.argv[2] ?? 10));
