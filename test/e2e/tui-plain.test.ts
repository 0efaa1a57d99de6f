import { cpSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { bin, guardHome, type GuardHome } from "./guard-home.ts";

let guard: GuardHome;
let tui: ReturnType<typeof startTui> | undefined;

beforeEach(() => {
  guard = guardHome();
});

afterEach(async () => {
  tui?.kill("SIGKILL");
  await tui?.catch(() => undefined);
  guard.remove();
});

function startTui(args: readonly string[]) {
  const env = { MCPGUARD_HOME: guard.home, LC_ALL: "C.UTF-8" };
  return execa(process.execPath, [bin, "tui", ...args], { env, stdin: "ignore", reject: false });
}

function readTui(...args: readonly string[]) {
  let text = "";
  const ended = startTui(args);
  tui = ended;
  ended.stdout.on("data", (chunk: Buffer) => (text += chunk.toString()));
  return { ended, lines: () => text.split("\n").slice(0, -1) };
}

it("without a terminal it follows the log as plain lines, harmless ones, until it is stopped", async () => {
  guard.write({ tool: "first", message: "\u001B[31mred\u001B[0m\nline\u202E" });
  const { lines, ended } = readTui();
  await vi.waitFor(() => expect(lines()).toHaveLength(1), { timeout: 10_000 });
  expect(lines()[0]).toMatch(/^\d\d:\d\d:\d\d {2}ok {6}info {6}files {2}← {2}tools\/call {2}first {2}red line$/);
  const written = Date.now();
  guard.write({ tool: "second", action: "block", blocked: true, severity: "high" });
  await vi.waitFor(() => expect(lines()[1]).toContain("BLOCK   high"), { timeout: 10_000, interval: 10 });
  expect(Date.now() - written).toBeLessThan(1000);
  guard.write({ tool: "third", action: "hide", blocked: true, details: { pending: "9f2c41d07b" } });
  await vi.waitFor(() => expect(lines()[2]).toContain("HOLD"), { timeout: 10_000 });
  ended.kill("SIGTERM");
  expect(await ended).toMatchObject({ exitCode: 0, stderr: "" });
});

it("follows a log folder copied from elsewhere; SIGINT ends it as well", async () => {
  guard.write({ tool: "copied" });
  const copy = join(guard.home, "copy");
  cpSync(guard.log, copy, { recursive: true });
  guard.write({ tool: "not_copied" });
  const { lines, ended } = readTui("--log-dir", copy);
  await vi.waitFor(() => expect(lines()).toHaveLength(1), { timeout: 10_000 });
  expect(lines()[0]).toContain("copied");
  ended.kill("SIGINT");
  expect(await ended).toMatchObject({ exitCode: 0, stderr: "" });
});

it("waits for a folder that is not there yet", async () => {
  const { lines, ended } = readTui();
  await new Promise((resolve) => setTimeout(resolve, 1000));
  guard.write({ tool: "at_last" });
  await vi.waitFor(() => expect(lines()[0]).toContain("at_last"), { timeout: 10_000 });
  ended.kill("SIGTERM");
  expect(await ended).toMatchObject({ exitCode: 0 });
});

it("ends quietly when nobody reads any more", async () => {
  guard.write({});
  const { lines, ended } = readTui();
  await vi.waitFor(() => expect(lines()).toHaveLength(1), { timeout: 10_000 });
  ended.stdout.destroy();
  for (let count = 0; count < 3; count++) guard.write({});
  expect(await ended).toMatchObject({ exitCode: 0, stderr: "" });
});
