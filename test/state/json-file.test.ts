import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createJsonFile, openJsonFile } from "../../src/state/json-file.ts";
import { temporaryHome } from "./temporary-home.ts";

test("an absent file gives the initial value and is not made by reading", () => {
  const home = temporaryHome();
  expect(openJsonFile(join(home, "a", "b.json"), { n: 1 }).data).toEqual({ n: 1 });
  expect(readdirSync(home)).toEqual([]);
});

test("what was written is read back; file and folder are the user's alone", () => {
  const path = join(temporaryHome(), "deep", "er", "b.json");
  openJsonFile(path, { n: 1 }).update((data) => {
    data.n = 2;
  });
  expect(openJsonFile(path, { n: 1 }).data).toEqual({ n: 2 });
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(statSync(join(path, "..")).mode & 0o777).toBe(0o700);
  expect(readdirSync(join(path, ".."))).toEqual(["b.json"]);
});

const isNumbered = (value: unknown): value is { n: number } => typeof Object(value).n === "number";

for (const [what, text] of [
  ["half a file", '{"n": 1'],
  ["an empty file", ""],
  ["a list", "[]"],
  ["null", "null"],
  ["zeros", "\0\0\0\0"],
]) {
  test(`${what} is set aside, reported once, and the next attempt starts afresh`, () => {
    const home = temporaryHome();
    const path = join(home, "b.json");
    writeFileSync(path, text ?? "");
    expect(() => openJsonFile(path, { n: 1 })).toThrow(expect.objectContaining({ code: "STATE_CORRUPT" }));
    expect(openJsonFile(path, { n: 1 }).data).toEqual({ n: 1 });
    const [aside] = readdirSync(home);
    expect(aside).toMatch(/^b\.json\.corrupt-/);
    expect(readFileSync(join(home, aside ?? ""), "utf8")).toBe(text);
  });
}

test("a value that the caller's check refuses counts as damaged", () => {
  const path = join(temporaryHome(), "b.json");
  writeFileSync(path, '{"n": "text"}');
  expect(() => openJsonFile(path, { n: 1 }, isNumbered)).toThrow(/damaged/);
});

test("a file is created only once, and the loser changes nothing", () => {
  const path = join(temporaryHome(), "new", "b.json");
  expect(createJsonFile(path, { by: "first" })).toBe(true);
  expect(createJsonFile(path, { by: "second" })).toBe(false);
  expect(openJsonFile(path, { by: "" }).data).toEqual({ by: "first" });
  expect(readdirSync(join(path, ".."))).toEqual(["b.json"]);
});

test("a folder that cannot be made, written or read is an error that names the path and the reason", () => {
  const home = temporaryHome();
  writeFileSync(join(home, "file"), "");
  const below = join(home, "file", "b.json");
  expect(() => createJsonFile(below, {})).toThrow(
    expect.objectContaining({ code: "STATE_UNWRITABLE", message: expect.stringContaining(below) }),
  );
  expect(() => openJsonFile(below, {})).toThrow(expect.objectContaining({ code: "STATE_UNREADABLE" }));
});
