import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { expect, it } from "vitest";
import { bin, codexFile, codexText, cursorFile, cursorText, person, type Person } from "./person.ts";

type Texts = Readonly<Record<string, string>>;

const killer = join(import.meta.dirname, "../fixtures/kill-at/kill-at.cjs");
const originals: Texts = { [cursorFile]: cursorText, [codexFile]: codexText };

async function machine(): Promise<{ me: Person; wrapped: Texts }> {
  const me = person();
  for (const [path, text] of Object.entries(originals)) me.put(path, text);
  await me.run("install", "--yes");
  const wrapped = texts(me);
  await me.run("uninstall", "--yes");
  expect(texts(me)).toEqual(originals);
  return { me, wrapped };
}

function texts(me: Person): Texts {
  return Object.fromEntries(Object.keys(originals).map((path) => [path, readFileSync(join(me.home, path), "utf8")]));
}

/** Kills the command in the midst of its n-th change to the file system; true where it lived to the end. */
async function survives(me: Person, verb: string, change: number, notIn = "/lib"): Promise<boolean> {
  const env = { HOME: me.home, PATH: process.env["PATH"] ?? "", KILL_AT: String(change), KILL_NOT_IN: notIn };
  const { exitCode, signal } = await execa(process.execPath, ["--require", killer, bin, verb, "--yes"], {
    env,
    extendEnv: false,
    reject: false,
  });
  expect([exitCode, signal]).toEqual(signal === undefined ? [0, undefined] : [undefined, "SIGKILL"]);
  return signal === undefined;
}

function expectWhole(me: Person, wrapped: Texts): void {
  for (const [path, text] of Object.entries(texts(me))) expect([originals[path], wrapped[path]]).toContain(text);
}

function expectNothingLeft(me: Person): void {
  for (const path of Object.keys(originals)) expect(readdirSync(dirname(join(me.home, path)))).toHaveLength(1);
}

it("killed anywhere in install: every file is whole, and the next command finishes or undoes", async () => {
  const { me, wrapped } = await machine();
  let change = 1;
  for (; !(await survives(me, "install", change)); change += 1) {
    expectWhole(me, wrapped);
    const next = change % 2 === 0 ? "install" : "uninstall";
    expect((await me.run(next, "--yes")).code).toBe(0);
    expect(texts(me)).toEqual(next === "install" ? wrapped : originals);
    expectNothingLeft(me);
    for (const [path, text] of Object.entries(originals)) me.put(path, text);
  }
  expect(change).toBeGreaterThan(30);
}, 120_000);

it("killed anywhere in uninstall: every file is whole, and the next command finishes or undoes", async () => {
  const { me, wrapped } = await machine();
  await me.run("install", "--yes");
  let change = 1;
  for (; !(await survives(me, "uninstall", change)); change += 1) {
    expectWhole(me, wrapped);
    if (change % 3 === 0) {
      expect((await me.run("uninstall", "--yes")).code).toBe(0);
      expect(texts(me)).toEqual(originals);
    }
    expect((await me.run("install", "--yes")).code).toBe(0);
    expect(texts(me)).toEqual(wrapped);
    expectNothingLeft(me);
  }
  expect(change).toBeGreaterThan(15);
}, 120_000);

it("killed while the very first install copies the build: the next one finishes", async () => {
  for (const change of [1, 2, 4, 8, 16]) {
    const me = person();
    for (const [path, text] of Object.entries(originals)) me.put(path, text);
    expect(await survives(me, "install", change, "")).toBe(false);
    expect(texts(me)).toEqual(originals);
    expect((await me.run("install", "--yes")).code).toBe(0);
    expect(Object.values(texts(me)).map((text) => text.includes("mcpguard"))).toEqual([true, true]);
    await me.run("uninstall", "--yes");
    expect(texts(me)).toEqual(originals);
  }
}, 120_000);
