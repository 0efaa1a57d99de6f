import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { event, linesOf, openLog, temporaryFolder, writeLog } from "./sample.ts";

const day = "2026-11-22.jsonl";
const prevOf = (line: string | undefined) => JSON.parse(line ?? "").prev;
const hash = (line: string | undefined) =>
  createHash("sha256")
    .update(line ?? "")
    .digest("hex");

test("appended events stand in the file of their day within a moment, without a flush", async () => {
  const folder = join(temporaryFolder(), "log");
  const log = openLog(folder);
  log.append(event({ id: "one" }));
  expect(() => statSync(folder)).toThrow("ENOENT");
  await vi.waitFor(() => expect(linesOf(folder)).toHaveLength(1), { interval: 10, timeout: 1000 });
  expect(JSON.parse(linesOf(folder)[0] ?? "")).toEqual({ ...event({ id: "one" }), prev: null });
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  expect(statSync(join(folder, day)).mode & 0o777).toBe(0o600);
});

test("each line holds the hash of its session's line before", async () => {
  const folder = temporaryFolder();
  writeLog(folder, event(), event({ session: "s2" }), event(), event({ message: "ü – \u2028 \ud800" }), event());
  const lines = linesOf(folder);
  expect(lines.map(prevOf)).toEqual([null, null, hash(lines[0]), hash(lines[2]), hash(lines[3])]);
});

test("an event after midnight opens the next day, and the chain goes on", async () => {
  const folder = temporaryFolder();
  writeLog(folder, event({ timestamp: "2026-11-22T23:59:59.999Z" }), event({ timestamp: "2026-11-23T00:00:00.000Z" }));
  expect(readdirSync(folder)).toEqual([day, "2026-11-23.jsonl"]);
  expect(prevOf(linesOf(folder, "2026-11-23")[0])).toBe(hash(linesOf(folder)[0]));
});

test("ten thousand events in one go are all written, in order", async () => {
  const folder = temporaryFolder();
  const log = openLog(folder);
  for (let n = 0; n < 10_000; n++) log.append(event({ id: String(n) }));
  await log.flush();
  expect(linesOf(folder).map((line) => JSON.parse(line).id)).toEqual(
    Array.from({ length: 10_000 }, (_, n) => String(n)),
  );
});

test("closing writes what is left; an event that comes later is written too", async () => {
  const folder = temporaryFolder();
  const log = openLog(folder);
  log.append(event());
  log.closeSync();
  expect(linesOf(folder)).toHaveLength(1);
  log.append(event());
  log.closeSync();
  expect(linesOf(folder)).toHaveLength(2);
});

test("a torn line that a killed process left does not swallow the next event", async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, day), '{"v":1,"times');
  writeLog(folder, event({ id: "mine" }));
  expect(JSON.parse(linesOf(folder)[1] ?? "").id).toBe("mine");
});

for (const [what, remove] of [
  ["deleted", (folder: string) => rmSync(folder, { recursive: true })],
  ["moved away", (folder: string) => renameSync(join(folder, day), join(folder, "old"))],
] as const) {
  test(`a log that is ${what} under a running writer begins anew`, async () => {
    const folder = join(temporaryFolder(), "log");
    const log = openLog(folder);
    log.append(event());
    await log.flush();
    remove(folder);
    log.append(event());
    await log.flush();
    expect(linesOf(folder)).toHaveLength(1);
    expect(log.errors).toEqual([]);
  });
}

test("details nested too deeply to write cost the details, not the log", async () => {
  const folder = temporaryFolder();
  let deep: object = {};
  for (let n = 0; n < 200_000; n++) deep = { deep };
  writeLog(folder, event({ details: { deep: JSON.parse("null"), ...deep } }), event({ id: "next" }));
  expect(linesOf(folder).map((line) => JSON.parse(line).details)).toEqual([{ unwritable: true }, { bytes: 120 }]);
});

test("files older than the retention go when the log is opened, nothing else does", async () => {
  const folder = temporaryFolder();
  const today = new Date().toISOString().slice(0, 10);
  const kept = ["2020-01-01.txt", "notes.jsonl", "2099-01-01.jsonl"];
  for (const name of ["2020-01-01.jsonl", "2020-01-02.jsonl.gz", ...kept]) writeFileSync(join(folder, name), "");
  mkdirSync(join(folder, "2020-01-03"));
  const log = openLog(folder, 1);
  log.append(event({ timestamp: new Date().toISOString() }));
  await log.flush();
  expect(readdirSync(folder).toSorted()).toEqual([...kept, "2020-01-03", `${today}.jsonl`].toSorted());
});

test("a retention of 0 days keeps everything", async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "2020-01-01.jsonl"), "");
  writeLog(folder, event());
  expect(readdirSync(folder)).toContain("2020-01-01.jsonl");
});
