import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it, onTestFinished } from "vitest";
import { call, openSession, post, rpc, textOf } from "./http-client.ts";
import { commanded } from "./mount-stdio.ts";
import { startStdio } from "./start-stdio.ts";

/** Zombies, of which an idle init has many in a container, have ended. */
function isRunning(pid: string): boolean {
  try {
    return !/^(Z|$)/.test(execFileSync("ps", ["-o", "stat=", "-p", pid]).toString().trim());
  } catch {
    return false;
  }
}

it("S07 a process that heeds neither the end of its input nor a signal is ended within five seconds", async () => {
  const { url } = await startStdio({ env: { STUBBORN: "1" } });
  const session = await openSession(url);
  const pid = textOf(await session.ask(call(1, "pid")));
  const started = performance.now();
  await fetch(`${url}/mcp`, { method: "DELETE", headers: session.headers });
  await expect.poll(() => isRunning(pid), { timeout: 7000 }).toBe(false);
  expect(performance.now() - started).toBeGreaterThan(4000);
  expect(performance.now() - started).toBeLessThan(6000);
});

it("S07 what the process started ends with it, and through a shell in front of it", async () => {
  const [node = "", script = ""] = commanded;
  const { url } = await startStdio({ command: ["sh", "-c", `'${node}' '${script}'; true`] });
  const session = await openSession(url);
  const pids = [textOf(await session.ask(call(1, "pid"))), textOf(await session.ask(call(2, "grandchild")))];
  expect(pids.map(isRunning)).toEqual([true, true]);
  await fetch(`${url}/mcp`, { method: "DELETE", headers: session.headers });
  await expect.poll(() => pids.map(isRunning), { timeout: 12_000 }).toEqual([false, false]);
});

it("close ends all processes before it resolves", async () => {
  const { url, close, gateway } = await startStdio();
  const sessions = [await openSession(url), await openSession(url)];
  const pids = await Promise.all(sessions.map(async (session) => textOf(await session.ask(call(1, "pid")))));
  await close();
  expect(pids.map(isRunning)).toEqual([false, false]);
  expect(gateway.childCount()).toBe(0);
});

it("no process outlives a proxy that is killed", async () => {
  const runner = fileURLToPath(new URL("run-gateway.ts", import.meta.url));
  const proxy = spawn(process.execPath, ["--import", "tsx", runner], { stdio: ["ignore", "pipe", "inherit"] });
  onTestFinished(() => void proxy.kill("SIGKILL"));
  const url = await new Promise<string>((resolve) =>
    proxy.stdout.once("data", (line: Buffer) => resolve(line.toString().trim())),
  );
  const sessions = [await openSession(url), await openSession(url)];
  const pids = await Promise.all(sessions.map(async (session) => textOf(await session.ask(call(1, "pid")))));
  pids.push(textOf(await sessions[0]?.ask(call(2, "grandchild"))));
  await fetch(`${url}/mcp`, { method: "DELETE", headers: sessions[1]?.headers ?? {} });
  proxy.kill("SIGKILL");
  expect(isRunning(pids[0] ?? "")).toBe(true);
  await expect.poll(() => pids.map(isRunning), { timeout: 8000 }).toEqual([false, false, false]);
});

it("kill -9: each open call gets its error, one that streams on its stream, and the session is 404", async () => {
  const { url, gateway, close, events } = await startStdio();
  const session = await openSession(url);
  const waiting = session.post(call("w", "silent"));
  const streaming = await session.post(call("s", "progress", { steps: 100, ms: 50 }, { progressToken: 1 }));
  const listening = await session.get();
  process.kill(Number(textOf(await session.ask(call(1, "pid")))), "SIGKILL");
  expect([(await waiting).status, await (await waiting).json()]).toMatchObject([
    502,
    { id: "w", error: { code: -32603 } },
  ]);
  expect(await streaming.text()).toContain('{"jsonrpc":"2.0","id":"s","error":{"code":-32603');
  await listening.ended();
  expect((await session.post(rpc(1, "ping"))).status).toBe(404);
  expect(gateway.childCount()).toBe(0);
  await close();
  const [event] = events().filter(({ event_type }) => event_type === "upstream_error");
  expect(event?.message).toContain("SIGKILL");
});

it("an answer that was written before the process ended arrives", async () => {
  const file = join(mkdtempSync(join(tmpdir(), "mcpguard-answer-")), "answer");
  onTestFinished(() => rmSync(dirname(file), { recursive: true }));
  const welcome = '{"jsonrpc":"2.0","id":0,"result":{"protocolVersion":"2025-11-25","capabilities":{}}}';
  writeFileSync(file, JSON.stringify({ jsonrpc: "2.0", id: "last", result: { text: "x".repeat(3_000_000) } }));
  const { url } = await startStdio({
    command: ["sh", "-c", `read -r a; echo '${welcome}'; read -r b; read -r c; cat '${file}'; exit 3`],
  });
  const session = await openSession(url);
  const answer = await session.ask(rpc("last", "tools/list"));
  expect(answer.result?.text?.length).toBe(3_000_000);
  await expect.poll(async () => (await session.post(rpc(1, "ping"))).status).toBe(404);
});

it("a server that closes its output has ended", async () => {
  const welcome = '{"jsonrpc":"2.0","id":0,"result":{"protocolVersion":"2025-11-25","capabilities":{}}}';
  const script = `read -r a; echo '${welcome}'; read -r b; read -r c; exec >&-; sleep 60`;
  const { url, gateway } = await startStdio({ command: ["sh", "-c", script] });
  const session = await openSession(url);
  const response = await session.post(rpc("x", "tools/list"));
  expect([response.status, await response.json()]).toMatchObject([502, { id: "x" }]);
  expect(gateway.childCount()).toBe(0);
});

it("the process gets the proxy's environment and folder, its own variables, and not the proxy's key", async () => {
  process.env["MCPGUARD_API_KEY"] = "secret-key";
  onTestFinished(() => void delete process.env["MCPGUARD_API_KEY"]);
  const { url } = await startStdio({ env: { OWN: "yes", PATH: process.env["PATH"] ?? "" } });
  const session = await openSession(url);
  const env = async (name: string): Promise<string> => textOf(await session.ask(call(name, "env", { name })));
  expect(await Promise.all(["OWN", "HOME", "MCPGUARD_API_KEY"].map(env))).toEqual([
    "yes",
    process.env["HOME"],
    "undefined",
  ]);
  expect(textOf(await session.ask(call(1, "cwd")))).toBe(process.cwd());
});

it("a command is found where version managers put it, though PATH does not lead there", async () => {
  const [, script = ""] = commanded;
  const { url } = await startStdio({ command: ["node", script], env: { PATH: "/nowhere" } });
  expect((await post(`${url}/mcp`, rpc(0, "initialize", { protocolVersion: "2025-11-25" }))).status).toBe(200);
});
