import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { fixture, startShim, type Conversation } from "./conversation.ts";
import { isRunning } from "./is-running.ts";

async function pidFrom(shim: Conversation): Promise<number> {
  const [message] = await shim.messages(1);
  return Number(Reflect.get(message ?? {}, "pid"));
}

async function untilGone(pid: number, milliseconds: number): Promise<boolean> {
  for (let waited = 0; waited < milliseconds && isRunning(pid); waited += 20) await pause(20);
  return !isRunning(pid);
}

test.each(["SIGTERM", "SIGINT", "SIGHUP"] as const)(
  "24 %s to the shim reaches the server, whose death is mirrored",
  async (signal) => {
    const shim = startShim(["sh", "-c", 'echo "{\\"pid\\":$$}"; exec sleep 20']);
    const pid = await pidFrom(shim);
    shim.process.kill(signal);
    expect(await shim.exit).toEqual({ code: null, signal });
    expect(isRunning(pid)).toBe(false);
  },
);

test("24 a server that treats SIGTERM its own way decides how it ends", async () => {
  const shim = startShim(["sh", "-c", 'trap "exit 5" TERM; echo "{\\"pid\\":$$}"; while :; do sleep 0.05; done']);
  await pidFrom(shim);
  shim.process.kill("SIGTERM");
  expect(await shim.exit).toEqual({ code: 5, signal: null });
});

test("24 a signal in the first moments reaches the server, too", async () => {
  const shim = startShim(["sh", "-c", 'trap "exit 5" TERM; echo "{\\"pid\\":$$}" >&2; while :; do sleep 0.02; done']);
  while (!shim.errors.includes("pid")) await pause(1);
  shim.process.kill("SIGTERM");
  expect(await shim.exit).toEqual({ code: 5, signal: null });
});

test("24 an SDK client's shutdown ends a server that ignores it, and leaves nothing behind", async () => {
  const shim = startShim(fixture("ignore-sigterm"));
  const pid = await pidFrom(shim);
  // stdin.end(), two seconds, SIGTERM, two seconds, SIGKILL to the direct child only.
  shim.end();
  await pause(2000);
  const asked = performance.now();
  shim.process.kill("SIGTERM");
  await shim.exit;
  expect(performance.now() - asked).toBeLessThan(2000);
  expect(isRunning(pid)).toBe(false);
});

test("24 a server that ignores SIGTERM is not killed while its client is still there", async () => {
  const shim = startShim(fixture("ignore-sigterm"));
  const pid = await pidFrom(shim);
  shim.process.kill("SIGTERM");
  await pause(2200);
  expect(isRunning(pid)).toBe(true);
  process.kill(pid, "SIGKILL");
  expect((await shim.exit).signal).toBe("SIGKILL");
});

test("24 after SIGKILL of the shim the server sees the end of its input and ends", async () => {
  const shim = startShim(["sh", "-c", 'echo "{\\"pid\\":$$}"; exec cat']);
  const pid = await pidFrom(shim);
  shim.process.kill("SIGKILL");
  expect(await untilGone(pid, 2000)).toBe(true);
});

test("24 after SIGKILL of the shim even a server that ignores the end of its input and SIGTERM ends", async () => {
  const shim = startShim(fixture("ignore-sigterm"));
  const pid = await pidFrom(shim);
  await pause(800);
  shim.process.kill("SIGKILL");
  expect(await untilGone(pid, 6000)).toBe(true);
});

test("24 nothing that watched over the server is left when it has ended", async () => {
  const shim = startShim(["sh", "-c", 'echo "{\\"pid\\":$$}"; exec cat']);
  const pid = await pidFrom(shim);
  await pause(800);
  expect(watchersOf(pid)).toHaveLength(1);
  shim.end();
  await shim.exit;
  expect(watchersOf(pid)).toHaveLength(0);
});

test("24 a shim whose server has ended, and whose client does not read, still obeys SIGTERM", async () => {
  const line = `{"jsonrpc":"2.0","method":"notifications/message","params":{"data":"${"x".repeat(10_000)}"}}\n`;
  const shim = startShim(fixture("play", JSON.stringify([{ write: line, times: 100 }])));
  shim.process.stdout?.pause();
  await pause(1500);
  shim.process.kill("SIGTERM");
  const gone = await untilGone(shim.pid, 2000);
  expect(gone).toBe(true);
});

/** Command lines of the shells that wait to end this server. */
function watchersOf(pid: number): string[] {
  const ids = readdirSync("/proc").filter((name) => /^\d+$/.test(name) && isRunning(Number(name)));
  return ids.map(commandLine).filter((line) => line.endsWith(`\0mcpguard\0${pid}\0`));
}

function commandLine(id: string): string {
  try {
    return readFileSync(`/proc/${id}/cmdline`, "utf8");
  } catch {
    return "";
  }
}
