import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { startAnswering } from "./answering.ts";
import { fixture, startDirect, startShim, temporaryFolder, type Conversation } from "./conversation.ts";

const note = (size: number): string =>
  `{"jsonrpc":"2.0","method":"notifications/message","params":{"level":"info","data":"${"x".repeat(size)}"}}\n`;

/** Resident memory in bytes. */
function memoryOf({ pid }: Conversation): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) * 1024;
}

async function mostMemory(shim: Conversation, milliseconds: number): Promise<number> {
  let most = 0;
  for (let waited = 0; waited < milliseconds; waited += 50) {
    most = Math.max(most, memoryOf(shim));
    await pause(50);
  }
  return most;
}

const MB = 1024 * 1024;

test("27 a client that does not read stops the server, in bounded memory, and then gets everything", async () => {
  const line = note(10_000);
  const shim = startShim(fixture("play", JSON.stringify([{ write: line, times: 6000 }])));
  shim.process.stdout?.pause();
  expect(await mostMemory(shim, 1000)).toBeLessThan(110 * MB);
  shim.process.stdout?.resume();
  expect((await shim.finish()).length).toBe(line.length * 6000);
});

test("27 a server that does not read stops the client, in bounded memory, and then gets everything", async () => {
  const shim = startShim(fixture("play", JSON.stringify([{ pause: 1200 }, { end: true }, { write: "{}\n" }])));
  const line = note(100_000);
  for (let sent = 0; sent < 600; sent++) shim.send(line);
  expect(await mostMemory(shim, 1000)).toBeLessThan(110 * MB);
  expect(shim.process.stdin?.writableLength).toBeGreaterThan(30 * MB);
  expect((await shim.finish()).toString()).toBe("{}\n");
});

test("27 a client that does not read never blocks its own requests on the way to the server", async () => {
  const received = join(temporaryFolder(), "received");
  const shim = startShim(["sh", "-c", `yes '${note(2000).trim()}' & cat > '${received}'; kill $!`]);
  shim.process.stdout?.pause();
  await pause(800);
  const lines = Array.from({ length: 300 }, (_, id) => `{"jsonrpc":"2.0","id":${id},"method":"ping"}\n`).join("");
  shim.send(lines.repeat(10));
  shim.end();
  const expected = lines.length * 10;
  for (let length = 0; length < expected; await pause(20)) length = readFileSync(received).length;
  shim.process.stdout?.resume();
  await shim.exit;
});

test("27 both sides write much before they read: no deadlock", async () => {
  const bytes = note(20_000).repeat(400);
  const steps = [{ write: note(20_000), times: 100 }, { input: bytes.length }, { write: note(20_000), times: 100 }];
  const shim = startShim(fixture("play", JSON.stringify(steps)));
  shim.send(bytes);
  expect((await shim.finish()).length).toBe(note(20_000).length * 200);
});

test("27 a client that closes its reading end does not crash the shim; the server ends as without it", async () => {
  const [direct, guarded] = [startDirect, startShim].map((start) => start(["yes", note(100).trim()]));
  for (const each of [direct, guarded]) {
    await each?.received(1000);
    each?.process.stdout?.destroy();
  }
  expect(await guarded?.exit).toEqual(await direct?.exit);
  expect(guarded?.errors).not.toContain("mcpguard");
});

test("27 a server that closes its input does not crash the shim", async () => {
  const shim = startShim(["sh", "-c", "exec <&-; sleep 0.5; echo '{}'; exit 4"]);
  for (let sent = 0; sent < 20; sent++) {
    shim.send(note(50_000));
    await pause(20);
  }
  expect(await shim.exit).toEqual({ code: 4, signal: null });
  expect(shim.output.toString()).toBe("{}\n");
  expect(shim.errors).toBe("");
});

test("27 real pipes instead of Node's sockets: the same bytes", async () => {
  const shim = startShim(["cat"]);
  const [node = "", ...args] = shim.process.spawnargs.map((word) => `'${word}'`);
  shim.process.kill("SIGKILL");
  const script = `(yes '${note(500).trim()}' | head -n 20000) | MCPGUARD_HOME='${shim.home}' ${node} ${args.join(" ")} | (sleep 1; cksum)`;
  const cksum = (text: string): Promise<string> => shellOutput(`${text} | cksum`);
  const expected = await cksum(`yes '${note(500).trim()}' | head -n 20000`);
  expect(await shellOutput(script)).toBe(expected);
});

function shellOutput(script: string): Promise<string> {
  const shell = spawn("sh", ["-c", script], { stdio: ["ignore", "pipe", "inherit"] });
  onTestFinished(() => void shell.kill());
  let text = "";
  shell.stdout.on("data", (chunk: Buffer) => (text += chunk.toString()));
  return new Promise((resolve) => shell.on("close", () => resolve(text)));
}

test("27 refusals to a client that does not read are bounded, though its other messages flow", async () => {
  const { shim } = startAnswering({}, { config: "deny: [bad]\n" });
  const blocked = `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"bad"}}\n`;
  const passing = note(300);
  shim.process.stdout?.pause();
  shim.send(`${blocked}${passing}`.repeat(100_000));
  expect(await mostMemory(shim, 2000)).toBeLessThan(150 * MB);
});
