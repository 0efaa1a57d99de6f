import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Place, readBackwards } from "../../src/audit/read-backwards.ts";
import { temporaryFolder } from "./sample.ts";

async function textsOf(folder: string, before?: Place): Promise<string[]> {
  const texts: string[] = [];
  for await (const lines of readBackwards(folder, before)) texts.push(...lines.map(({ text }) => text));
  return texts;
}

const numbered = (count: number, length: number) =>
  Array.from({ length: count }, (_, at) => `${at} ${"é".repeat(at % length)}`);

function write(folder: string, day: string, lines: readonly string[]): void {
  writeFileSync(join(folder, `${day}.jsonl`), lines.map((line) => `${line}\n`).join(""));
}

test("gives every line of every day once, newest first", async () => {
  const folder = temporaryFolder();
  const [older, newer] = [numbered(3000, 200), numbered(5000, 300).map((line) => `new ${line}`)];
  write(folder, "2026-11-21", older);
  write(folder, "2026-11-22", newer);
  expect(await textsOf(folder)).toEqual([...newer.reverse(), ...older.reverse()].map((line) => line.trimEnd()));
});

test("a line longer than several blocks is whole", async () => {
  const folder = temporaryFolder();
  const long = "x".repeat(1_000_000);
  write(folder, "2026-11-22", ["first", long, "last"]);
  expect(await textsOf(folder)).toEqual(["last", long, "first"]);
});

test("goes on from the place before any line, also when the file has grown", async () => {
  const folder = temporaryFolder();
  const lines = numbered(4000, 150).map((line) => line.trimEnd());
  write(folder, "2026-11-21", ["the day before"]);
  write(folder, "2026-11-22", lines);
  const places: Place[] = [];
  for await (const some of readBackwards(folder)) places.push(...some.map(({ place }) => place));
  appendFileSync(join(folder, "2026-11-22.jsonl"), "later\n");
  write(folder, "2026-11-23", ["the day after"]);
  const whole = [...lines].reverse();
  for (const taken of [1, 777, 3999, 4000])
    expect(await textsOf(folder, places[taken - 1])).toEqual([...whole.slice(taken), "the day before"]);
});

test("compressed files, an absent folder and a place in a file that is gone do no harm", async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "empty"));
  writeFileSync(join(folder, "2026-11-20.jsonl.gz"), "no text");
  write(folder, "2026-11-21", ["kept"]);
  expect(await textsOf(folder)).toEqual(["kept"]);
  expect(await textsOf(join(folder, "empty"))).toEqual([]);
  expect(await textsOf(join(folder, "nowhere"))).toEqual([]);
  expect(await textsOf(folder, { file: "2026-11-22.jsonl", offset: 99 })).toEqual(["kept"]);
  expect(await textsOf(folder, { file: "../../etc/passwd", offset: 99 })).toEqual([]);
});
