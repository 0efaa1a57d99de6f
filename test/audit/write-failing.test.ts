import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { event, linesOf, openLog, temporaryFolder } from "./sample.ts";

test("a folder that cannot be made is told once, with a fix, and disturbs nobody", async () => {
  const blocked = join(temporaryFolder(), "file");
  writeFileSync(blocked, "");
  const log = openLog(join(blocked, "log"));
  for (let n = 0; n < 3; n++) {
    log.append(event());
    await log.flush();
  }
  log.closeSync();
  expect(log.errors).toEqual([
    expect.objectContaining({
      code: "LOG_UNWRITABLE",
      message: expect.stringContaining("ENOTDIR"),
      fix: expect.any(String),
    }),
  ]);
});

test("when the folder is usable again, the newest events are there and the log says how many are lost", async () => {
  const folder = join(temporaryFolder(), "log");
  writeFileSync(folder, "");
  const log = openLog(folder);
  for (let n = 0; n < 5000; n++) log.append(event({ id: String(n) }));
  await log.flush();
  rmSync(folder);
  await log.flush();
  const events = linesOf(folder).map((line) => JSON.parse(line));
  expect(events).toHaveLength(4097);
  expect(events[0].id).toBe("904");
  expect(events.at(-2).id).toBe("4999");
  expect(events.at(-1)).toMatchObject({
    event_type: "guard_error",
    details: { lost: 904 },
    session: "s1",
    server: "files",
    blocked: false,
  });
});

test.skipIf(!existsSync("/dev/full"))(
  "each kind of failure is told once: a full disk, then a folder in the way",
  async () => {
    const folder = temporaryFolder();
    const file = join(folder, "2026-11-22.jsonl");
    symlinkSync("/dev/full", file);
    const log = openLog(folder);
    for (const change of [() => {}, () => {}, () => (rmSync(file), mkdirSync(file)), () => {}]) {
      change();
      log.append(event());
      await log.flush();
    }
    expect(log.errors.map(String)).toEqual([expect.stringContaining("ENOSPC"), expect.stringContaining("EISDIR")]);
  },
);
