import { symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import type { Event } from "../../src/core/event.ts";
import { readEvents } from "../../src/audit/read.ts";
import { event, temporaryFolder } from "./sample.ts";

async function read(folder: string): Promise<{ events: Event[]; ids: string[]; malformed: number }> {
  const tally = { malformed: 0 };
  const events: Event[] = [];
  for await (const batch of readEvents(folder, tally)) events.push(...batch);
  return { events, ids: events.map(({ id }) => id), malformed: tally.malformed };
}

const line = (id: string) => JSON.stringify(event({ id }));

test("files are read in the order of their days, a compressed part before the rest of its day", async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "2026-11-22.jsonl"), `${line("d")}\n${line("e")}\n`);
  writeFileSync(join(folder, "2026-11-22.jsonl.gz"), gzipSync(`${line("c")}\n`));
  writeFileSync(join(folder, "2026-11-21.jsonl"), `${line("b")}\n`);
  writeFileSync(join(folder, "2026-11-20.jsonl.gz"), gzipSync(`${line("a")}\n`));
  writeFileSync(join(folder, "readme.txt"), "not a log");
  expect(await read(folder)).toMatchObject({ ids: ["a", "b", "c", "d", "e"], malformed: 0 });
});

test("lines that are no events are counted and passed over; blank ones are nothing", async () => {
  const folder = temporaryFolder();
  const bad = ["{", "7", "null", "[]", '"text"', '{"v":1}', "\0\0\0", '{"v":1,"timestamp":"now"}', "\ufffd{}"];
  writeFileSync(join(folder, "2026-11-22.jsonl"), [line("a"), ...bad, "", line("b"), '{"torn":'].join("\n"));
  expect(await read(folder)).toMatchObject({ ids: ["a", "b"], malformed: bad.length + 1 });
});

test("a last line without its end is read where it is whole", async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "2026-11-22.jsonl"), line("a"));
  expect((await read(folder)).ids).toEqual(["a"]);
});

test("lines longer than a chunk, with characters across chunk borders, come whole", async () => {
  const folder = temporaryFolder();
  const long = event({ message: "äö€😀".repeat(200_000) });
  writeFileSync(join(folder, "2026-11-22.jsonl"), `${line("a")}\n${JSON.stringify(long)}\n${line("b")}\n`);
  const { events } = await read(folder);
  expect(events.map(({ message }) => message)).toEqual([events[0]?.message, long.message, events[2]?.message]);
  expect(events).toHaveLength(3);
});

test("a line without end does not fill the memory", { timeout: 60_000 }, async () => {
  const folder = temporaryFolder();
  writeFileSync(
    join(folder, "2026-11-22.jsonl"),
    Buffer.concat([Buffer.alloc(40 * 1024 * 1024, "x"), Buffer.from(`\n${line("a")}\n`)]),
  );
  expect(await read(folder)).toMatchObject({ ids: ["a"], malformed: 1 });
});

test("of a compressed file that is cut or damaged what can be read is read", async () => {
  const folder = temporaryFolder();
  const whole = gzipSync(`${line("a")}\n${line("b")}\n`);
  writeFileSync(join(folder, "2026-11-20.jsonl.gz"), whole.subarray(0, -12));
  writeFileSync(join(folder, "2026-11-21.jsonl.gz"), "not compressed at all");
  writeFileSync(join(folder, "2026-11-22.jsonl"), `${line("c")}\n`);
  const { ids, malformed } = await read(folder);
  expect(ids[0]).toBe("a");
  expect(ids.at(-1)).toBe("c");
  expect(malformed).toBeGreaterThanOrEqual(1);
});

test("older logs, which have only the first names, are read with the rest filled in", async () => {
  const folder = temporaryFolder();
  const old = {
    timestamp: "2026-01-01T00:00:00.000000+00:00",
    event_type: "anomaly",
    severity: "low",
    message: "many",
    blocked: false,
    details: {},
  };
  writeFileSync(join(folder, "2026-01-01.jsonl"), `${JSON.stringify(old)}\n`);
  expect((await read(folder)).events).toEqual([
    expect.objectContaining({ ...old, server: "", tool: null, session: "" }),
  ]);
});

test("no folder is an error that says what to do; a file that vanishes while others are read is none", async () => {
  const folder = temporaryFolder();
  await expect(read(join(folder, "nosuch"))).rejects.toMatchObject({ code: "LOG_MISSING" });
  symlinkSync(join(folder, "gone"), join(folder, "2026-11-21.jsonl"));
  writeFileSync(join(folder, "2026-11-22.jsonl"), `${line("a")}\n`);
  expect((await read(folder)).ids).toEqual(["a"]);
});
