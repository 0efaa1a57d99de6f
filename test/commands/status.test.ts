import { join } from "node:path";
import { expect, it } from "vitest";
import { cursorFile, person, personWithTwoClients } from "./person.ts";

it("tells of every server whether it is protected, and why not", async () => {
  const me = personWithTwoClients();
  await me.run("install", "--client", "cursor", "--yes");
  const before = me.files();
  const { code, out } = await me.run("status", "--json");
  expect(code).toBe(0);
  const { files, ...totals } = JSON.parse(out);
  expect(totals).toEqual({ home: join(me.home, ".mcpguard"), protected: 1, unprotected: 2 });
  expect(files).toMatchObject([
    { client: "codex", servers: [{ name: "time", protected: false, why: "not installed yet" }] },
    {
      client: "cursor",
      path: join(me.home, cursorFile),
      servers: [
        { name: "files", protected: true },
        { name: "issues", protected: false, kind: "remote", why: "remote: not yet protected" },
      ],
    },
  ]);
  const shown = await me.run("status");
  expect(shown.out).toContain("1 of 3 servers protected");
  expect(shown.out).toContain("npx mcpguard install");
  expect(shown.out).not.toContain("token=t");
  expect(me.files()).toEqual(before);
});

it("notices that a client put the old content back", async () => {
  const me = personWithTwoClients();
  const old = me.read(cursorFile);
  await me.run("install", "--yes");
  me.put(cursorFile, old);
  const { out } = await me.run("status");
  expect(out).toContain("took the protection away");
});

it("names a file that does not parse, and the project's files", async () => {
  const me = person();
  me.put(cursorFile, "{");
  me.put("shop/.mcp.json", '{"mcpServers":{"a":{"command":"x"}}}');
  const { code, out } = await me.runIn(join(me.home, "shop"), "status");
  expect(code).toBe(0);
  expect(out).toContain(`${join(me.home, cursorFile)}:1: `);
  expect(out).toContain("(project)");
});

it("with no client it names demo", async () => {
  const { code, out } = await person().run("status");
  expect([code, out.includes("npx mcpguard demo")]).toEqual([0, true]);
});
