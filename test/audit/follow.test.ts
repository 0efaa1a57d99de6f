import { appendFileSync, mkdirSync, renameSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { followEvents } from "../../src/audit/follow.ts";
import { event, temporaryFolder } from "./sample.ts";

const line = (id: string) => `${JSON.stringify(event({ id }))}\n`;

/** Follows in the background; `ids` grows as events come. */
function follow(folder: string, backlog = 100) {
  const stop = new AbortController();
  const ids: string[] = [];
  const batches: number[] = [];
  const run = async () => {
    for await (const events of followEvents({ folder, signal: stop.signal, backlog })) {
      batches.push(events.length);
      ids.push(...events.map(({ id }) => id));
    }
  };
  const ended = run();
  onTestFinished(async () => {
    stop.abort();
    await ended;
  });
  const shows = (...expected: string[]) =>
    vi.waitFor(() => expect(ids).toEqual(expected), { timeout: 4000, interval: 10 });
  const started = () => vi.waitFor(() => expect(batches.length).toBeGreaterThan(0), { interval: 5 });
  return { ids, batches, stop, ended, shows, started };
}

function folderWith(files: Record<string, string>): { folder: string; file: string } {
  const folder = temporaryFolder();
  for (const [day, text] of Object.entries(files)) writeFileSync(join(folder, `${day}.jsonl`), text);
  return { folder, file: join(folder, "2026-11-22.jsonl") };
}

test("the backlog comes first, newest last, over several days; then what is written", async () => {
  const { folder, file } = folderWith({ "2026-11-21": line("a") + line("b"), "2026-11-22": line("c") });
  const { shows, batches } = follow(folder, 2);
  await shows("b", "c");
  appendFileSync(file, line("d"));
  await shows("b", "c", "d");
  expect(batches[0]).toBe(2);
});

test("without a backlog only new events come, also of a file of megabytes", async () => {
  const { folder, file } = folderWith({ "2026-11-22": line("old").repeat(10_000) });
  const { shows, started } = follow(folder, 0);
  await started();
  appendFileSync(file, line("new"));
  await shows("new");
});

test("a backlog reaches back over block borders", async () => {
  const all = Array.from({ length: 1000 }, (_, n) => String(n));
  const { folder } = folderWith({ "2026-11-22": all.map((id) => line(id)).join("") });
  await follow(folder, 700).shows(...all.slice(300));
});

test("a folder and its first file may come later", async () => {
  const folder = join(temporaryFolder(), "not", "yet");
  const { shows, started } = follow(folder);
  await started();
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "2026-11-22.jsonl"), line("first"));
  await shows("first");
});

test("after midnight the next day is followed, and late lines of the old day are not lost", async () => {
  const { folder, file } = folderWith({ "2026-11-22": line("a") });
  const { shows } = follow(folder);
  await shows("a");
  writeFileSync(join(folder, "2026-11-23.jsonl"), line("b"));
  await shows("a", "b");
  appendFileSync(file, line("late"));
  await shows("a", "b", "late");
});

test("a line that comes in pieces is one event; a torn one at the start is passed over", async () => {
  const whole = line("pieces");
  const { folder, file } = folderWith({ "2026-11-22": `${line("a")}{"torn":` });
  const { shows, started } = follow(folder);
  await started();
  appendFileSync(file, `\n${whole.slice(0, 50)}`);
  await new Promise((resolve) => setTimeout(resolve, 100));
  appendFileSync(file, whole.slice(50));
  await shows("a", "pieces");
});

test("a file that is emptied, replaced or deleted goes on with what is then written", async () => {
  const { folder, file } = folderWith({ "2026-11-22": line("a") + line("b") });
  const { shows } = follow(folder);
  await shows("a", "b");
  truncateSync(file);
  appendFileSync(file, line("c"));
  await shows("a", "b", "c");
  writeFileSync(join(folder, "other"), line("d"));
  renameSync(join(folder, "other"), file);
  await shows("a", "b", "c", "d");
  rmSync(folder, { recursive: true });
  mkdirSync(folder);
  writeFileSync(file, line("e"));
  await shows("a", "b", "c", "d", "e");
});

test("it ends soon after the signal, and at once where that came before", async () => {
  const { folder } = folderWith({ "2026-11-22": line("a") });
  const { stop, ended, started, ids } = follow(folder);
  await started();
  const before = performance.now();
  stop.abort();
  await ended;
  expect(performance.now() - before).toBeLessThan(500);
  expect(ids).toEqual(["a"]);
  const batches: number[] = [];
  for await (const events of followEvents({ folder, signal: AbortSignal.abort(), backlog: 1 }))
    batches.push(events.length);
  expect(batches).toEqual([1]);
});
