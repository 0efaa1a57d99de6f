import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { codexFile, codexText, cursorFile, cursorText, person, personWithTwoClients, type Person } from "./person.ts";

async function installed(): Promise<Person> {
  const me = personWithTwoClients();
  await me.run("install", "--yes");
  expect(me.read(cursorFile)).toContain("mcpguard");
  return me;
}

it("gives every file its bytes back, keeps its own folder and says how to delete it", async () => {
  const me = await installed();
  const { code, out } = await me.run("uninstall", "--yes");
  expect(code).toBe(0);
  expect([me.read(cursorFile), me.read(codexFile)]).toEqual([cursorText, codexText]);
  expect(out.match(/identical to the original/g)).toHaveLength(2);
  expect(out).toContain(`rm -rf '${join(me.home, ".mcpguard")}'`);
  expect(existsSync(join(me.home, ".mcpguard/bin/mcpguard"))).toBe(true);
  const again = await me.run("uninstall");
  expect([again.code, again.out.includes("Nothing to undo")]).toEqual([0, true]);
});

it("without --yes and without a terminal it writes nothing and ends with 2", async () => {
  const me = await installed();
  const before = me.read(cursorFile);
  const { code, out } = await me.run("uninstall");
  expect(code).toBe(2);
  expect(out).toContain(join(me.home, cursorFile));
  expect(me.read(cursorFile)).toBe(before);
});

it("works with its own folder deleted", async () => {
  const me = await installed();
  rmSync(join(me.home, ".mcpguard"), { recursive: true });
  expect((await me.run("uninstall", "--yes")).code).toBe(0);
  expect(me.read(cursorFile)).toBe(cursorText);
  expect(me.read(codexFile)).toBe(`${codexText}args = []\n`);
});

it("--client and --server choose, and --check tells whether anything is left", async () => {
  const me = await installed();
  expect((await me.run("uninstall", "--check")).code).toBe(1);
  await me.run("uninstall", "--client", "codex", "--yes");
  expect(me.read(codexFile)).toBe(codexText);
  expect(me.read(cursorFile)).toContain("mcpguard");
  const left = await me.run("uninstall", "--check", "--json");
  expect(left.code).toBe(1);
  expect(JSON.parse(left.out)).toMatchObject({ clean: false, files: [{ client: "cursor" }] });
  await me.run("uninstall", "--server", "files", "--yes");
  const before = me.files();
  const clean = await me.run("uninstall", "--check");
  expect(clean.code).toBe(0);
  expect(me.files()).toEqual(before);
  expect(me.read(cursorFile)).toBe(cursorText);
});

it("a file that is broken now is named, the others are still done; exit 1; --check is not fooled", async () => {
  const me = await installed();
  const broken = `${me.read(cursorFile)}}`;
  const path = me.put(cursorFile, broken);
  const { code, out } = await me.run("uninstall", "--yes");
  expect(code).toBe(1);
  expect(out).toContain(`${path}:`);
  expect([me.read(cursorFile), me.read(codexFile)]).toEqual([broken, codexText]);
  expect((await me.run("uninstall", "--check")).code).toBe(1);
  me.put(cursorFile, "{ broken, but nothing of ours }");
  expect((await me.run("uninstall", "--check")).code).toBe(0);
});

it("--json prints one document, and nothing else", async () => {
  const me = await installed();
  const { code, out } = await me.run("uninstall", "--yes", "--json");
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    written: true,
    files: [
      { client: "codex", state: "written", servers: [{ name: "time", action: "unwrap" }] },
      { client: "cursor", state: "written", servers: [{ name: "files", action: "unwrap" }] },
    ],
  });
});

it("finds a file that a variable named at install, though it is not set any more", async () => {
  const me = await installed();
  me.put("elsewhere/.claude.json", '{"mcpServers":{"a":{"command":"x"}}}');
  const set = person({ CLAUDE_CONFIG_DIR: join(me.home, "elsewhere"), HOME: me.home });
  await set.run("install", "--yes");
  expect(me.read("elsewhere/.claude.json")).toContain("mcpguard");
  await me.run("uninstall", "--yes");
  expect(me.read("elsewhere/.claude.json")).toBe('{"mcpServers":{"a":{"command":"x"}}}');
});
