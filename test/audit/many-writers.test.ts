import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test, vi } from "vitest";
import { verifyLog } from "../../src/audit/verify.ts";
import { linesOf, temporaryFolder } from "./sample.ts";

const worker = fileURLToPath(new URL("workers/write.ts", import.meta.url));
const start = (...args: string[]) =>
  spawn(process.execPath, ["--import", "tsx", worker, ...args], { stdio: "inherit" });

test("eight processes write at once: no line is torn, lost or out of order", { timeout: 60_000 }, async () => {
  const folder = temporaryFolder();
  const writers = Array.from({ length: 8 }, (_, n) => `w${n}`);
  const startAt = String(Date.now() + 4000);
  const exits = await Promise.all(writers.map((id) => once(start(folder, id, "2000", startAt), "exit")));
  expect(exits.map(([code]) => code)).toEqual(writers.map(() => 0));
  const numbers = new Map<string, number[]>(writers.map((id) => [id, []]));
  for (const line of linesOf(folder)) {
    const { session, details } = JSON.parse(line);
    numbers.get(session)?.push(details.n);
  }
  const expected = Array.from({ length: 2000 }, (_, n) => n);
  for (const id of writers) expect(numbers.get(id)).toEqual(expected);
  expect(await verifyLog(folder)).toMatchObject({ lines: 16_000, sessions: 8, malformed: 0, problemCount: 0 });
});

test(
  "writers killed in the middle tear at most their last line, and the chains hold",
  { timeout: 60_000 },
  async () => {
    const folder = temporaryFolder();
    const file = join(folder, "2026-11-22.jsonl");
    for (let round = 0; round < 4; round++) {
      const before = existsSync(file) ? statSync(file).size : 0;
      const child = start(folder, `k${round}`, "0");
      const exit = once(child, "exit");
      await vi.waitFor(() => expect(statSync(file).size).toBeGreaterThan(before + 300_000), {
        interval: 1,
        timeout: 15_000,
      });
      child.kill("SIGKILL");
      await exit;
    }
    const result = await verifyLog(folder);
    expect(result.malformed).toBeLessThanOrEqual(4);
    expect(result).toMatchObject({ sessions: 4, problemCount: 0 });
  },
);
