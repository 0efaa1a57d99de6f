import { existsSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { withLock } from "../../src/state/lock.ts";
import { runWorker } from "./run-worker.ts";
import { temporaryHome } from "./temporary-home.ts";

function fail(): never {
  throw new Error("inside");
}

test("the result comes back and the lock is gone, also after an error", () => {
  const lock = join(temporaryHome(), "a", "lock");
  expect(withLock(lock, () => 7)).toBe(7);
  expect(() => withLock(lock, fail)).toThrow("inside");
  expect(existsSync(lock)).toBe(false);
});

test("four processes that read, add one and write lose no step", async () => {
  const folder = temporaryHome();
  writeFileSync(join(folder, "count"), "0");
  await Promise.all([1, 2, 3, 4].map(() => runWorker("increment", folder, "100")));
  expect(readFileSync(join(folder, "count"), "utf8")).toBe("400");
});

test("the lock of a killed process is taken over at once", async () => {
  const lock = join(temporaryHome(), "lock");
  await expect(runWorker("hold-lock", lock)).rejects.toThrow(/SIGKILL/);
  expect(existsSync(lock)).toBe(true);
  expect(withLock(lock, () => "mine", 500)).toBe("mine");
});

test("the lock of a process that was killed before it wrote its name is taken over soon", () => {
  const lock = join(temporaryHome(), "lock");
  writeFileSync(lock, "");
  expect(withLock(lock, () => "mine", 2000)).toBe("mine");
});

test("a living process keeps its lock, and the one that waits gives up with a fix", () => {
  const lock = join(temporaryHome(), "lock");
  writeFileSync(lock, `${process.pid} ${hostname()} 1`);
  expect(() => withLock(lock, () => 1, 50)).toThrow(expect.objectContaining({ code: "STATE_LOCKED" }));
  expect(existsSync(lock)).toBe(true);
});

test("a process of another machine or container is not judged by its number, only by age", () => {
  const lock = join(temporaryHome(), "lock");
  writeFileSync(lock, "999999999 elsewhere 1");
  expect(() => withLock(lock, () => 1, 50)).toThrow(/held/);
  utimesSync(lock, new Date(Date.now() - 11_000), new Date(Date.now() - 11_000));
  expect(withLock(lock, () => "mine", 500)).toBe("mine");
});
