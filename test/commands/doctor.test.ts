import { rmSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { cursorFile, person, personWithTwoClients, type Person } from "./person.ts";

type Check = { name: string; ok: boolean; message: string; fix: string };

async function failed(me: Person): Promise<readonly Check[]> {
  const { code, out } = await me.run("doctor", "--json");
  const { ok, checks } = JSON.parse(out) as { ok: boolean; checks: Check[] };
  const bad = checks.filter((check) => !check.ok);
  expect([code, ok]).toEqual(bad.length === 0 ? [0, true] : [1, false]);
  for (const check of checks) expect(check.fix === "").toBe(check.ok);
  return bad;
}

it("is content with a fresh machine and with a fresh install, and writes nothing", async () => {
  expect(await failed(person())).toEqual([]);
  const me = personWithTwoClients();
  await me.run("install", "--yes");
  const before = me.files();
  expect(await failed(me)).toEqual([]);
  expect(me.files()).toEqual(before);
  const { out } = await me.run("doctor");
  expect(out).toContain(`✓ ${join(me.home, ".mcpguard/bin/mcpguard")} starts`);
});

it("finds a file that does not parse", async () => {
  const me = person();
  const path = me.put(cursorFile, "{\n");
  expect(await failed(me)).toMatchObject([{ name: `config ${path}`, fix: expect.stringContaining(path) }]);
});

it("finds a launcher that is gone or does not start", async () => {
  const me = personWithTwoClients();
  await me.run("install", "--yes");
  rmSync(join(me.home, ".mcpguard/lib"), { recursive: true });
  expect(await failed(me)).toMatchObject([{ name: "launcher", fix: expect.stringContaining("npx mcpguard install") }]);
  rmSync(join(me.home, ".mcpguard/bin"), { recursive: true });
  expect((await failed(me)).map(({ name }) => name)).toEqual(["server time", "server files"]);
});

it("finds that the shim's program was lost, though the launcher answers; the next install brings it back", async () => {
  const me = personWithTwoClients();
  await me.run("install", "--yes");
  const [program = ""] = me.files().filter((path) => path.endsWith("/dist/wrap.cjs"));
  rmSync(program);
  expect(await failed(me)).toMatchObject([{ name: "launcher", message: expect.stringContaining("missing") }]);
  await me.run("install", "--yes");
  expect(await failed(me)).toEqual([]);
});

it("counts the servers that are well, and lists only those that are not", async () => {
  const me = personWithTwoClients();
  await me.run("install", "--yes");
  const { out } = await me.run("doctor");
  expect(out).toContain(`${join(me.home, cursorFile)} parses; servers protected: 1`);
  expect(out).not.toContain("files is protected");
});

it("finds that a client put the old content back", async () => {
  const me = personWithTwoClients();
  const old = me.read(cursorFile);
  await me.run("install", "--yes");
  me.put(cursorFile, old);
  expect(await failed(me)).toMatchObject([{ name: "server files", fix: expect.stringContaining("Quit Cursor") }]);
});

it("finds a config.yaml that does not hold, with its line", async () => {
  const me = person();
  const path = me.put(".mcpguard/config.yaml", "preset: balanced\nrate_limit: many\n");
  expect(await failed(me)).toMatchObject([{ name: "policy", message: expect.stringContaining(`${path}:2`) }]);
});

it("finds a log folder that cannot be written", async () => {
  const me = person();
  me.put(".mcpguard/log", "a file in the way");
  expect(await failed(me)).toMatchObject([{ name: "log" }]);
});
