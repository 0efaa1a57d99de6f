import { chmodSync, mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { expect, it } from "vitest";
import { codexFile, codexText, cursorFile, cursorText, person, personWithTwoClients } from "./person.ts";

it("without --yes and without a terminal it shows the plan, writes nothing and ends with 2", async () => {
  const me = personWithTwoClients();
  const before = me.files();
  const { code, out } = await me.run("install");
  expect(code).toBe(2);
  for (const path of [cursorFile, codexFile]) expect(out).toContain(join(me.home, path));
  expect(out).toContain("issues: remote: not yet protected");
  expect(me.files()).toEqual(before);
  expect(me.read(cursorFile)).toBe(cursorText);
});

it("--dry-run writes nothing, not even its own folder, and ends with 0", async () => {
  const me = personWithTwoClients();
  me.put(".gemini/settings.json", "{");
  const before = me.files();
  const { code, out } = await me.run("install", "--dry-run", "--diff");
  expect(code).toBe(0);
  expect(me.files()).toEqual(before);
  expect(out).toContain(`+++ ${join(me.home, codexFile)}`);
  expect(out).toContain('+args = ["wrap", "--client", "codex", "--server", "time", "--", "time-server"]');
  expect(out).toContain('-command = "time-server"');
});

it("--yes rewrites the entries, and the launcher in them starts the server behind the guard", async () => {
  const me = personWithTwoClients();
  const { code, out } = await me.run("install", "--yes");
  expect(code).toBe(0);
  expect(out).toContain("npx mcpguard uninstall");
  const launcher = join(me.home, ".mcpguard/bin/mcpguard");
  const words = ["wrap", "--client", "cursor", "--server", "files", "--", "npx"]
    .map((word) => JSON.stringify(word))
    .join(", ");
  expect(me.read(cursorFile)).toBe(
    cursorText.replace('"npx", "args": ["-y"', `${JSON.stringify(launcher)}, "args": [${words}, "-y"`),
  );
  expect(statSync(join(me.home, ".mcpguard")).mode & 0o777).toBe(0o700);
  const server = await execa(launcher, ["wrap", "--client", "c", "--server", "s", "--", "cat"], {
    input: '{"jsonrpc":"2.0","id":1,"method":"ping"}\n',
    env: { PATH: process.env["PATH"] ?? "" },
    extendEnv: false,
  });
  expect(server.stdout).toBe('{"jsonrpc":"2.0","id":1,"method":"ping"}');
  expect(me.files().some((path) => path.startsWith(join(me.home, ".mcpguard/log/")))).toBe(true);
});

it("a second run finds nothing to do", async () => {
  const me = personWithTwoClients();
  await me.run("install", "--yes");
  const [cursor, files] = [me.read(cursorFile), me.files()];
  const { code, out } = await me.run("install");
  expect(code).toBe(0);
  expect(out).toContain("Nothing to do");
  expect([me.read(cursorFile), me.files()]).toEqual([cursor, files]);
});

it("a launcher that was damaged is repaired, though no entry changes", async () => {
  const me = personWithTwoClients();
  await me.run("install", "--yes");
  const launcher = me.read(".mcpguard/bin/mcpguard");
  me.put(".mcpguard/bin/mcpguard", "");
  expect((await me.run("install")).code).toBe(2);
  expect((await me.run("install", "--yes")).code).toBe(0);
  expect(me.read(".mcpguard/bin/mcpguard")).toBe(launcher);
});

it("--client and --server choose", async () => {
  const me = personWithTwoClients();
  await me.run("install", "--client", "codex", "--yes");
  expect([me.read(cursorFile), me.read(codexFile).includes("mcpguard")]).toEqual([cursorText, true]);
  await me.run("install", "--server", "files", "time", "--yes");
  expect(me.read(cursorFile)).toContain("mcpguard");
  const other = personWithTwoClients();
  await other.run("install", "--server", "files", "--yes");
  expect(other.read(codexFile)).toBe(codexText);
});

it("a name that many projects use stands once in the plan, and status tells them apart", async () => {
  const me = person();
  const projects = Object.fromEntries(["/a", "/b"].map((path) => [path, { mcpServers: { db: { command: "x" } } }]));
  me.put(".claude.json", JSON.stringify({ projects }));
  expect((await me.run("install", "--dry-run")).out).toContain("will protect db (2×)");
  expect((await me.run("status")).out).toMatch(/db \(\/a\)[^]*db \(\/b\)/);
});

it("a file that does not parse is left alone and named with line and fix; the others are done; exit 1", async () => {
  const me = personWithTwoClients();
  const broken = '{\n  "mcpServers": { "a": { "command": "x", } }\n}\n';
  const path = me.put(".gemini/settings.json", broken);
  const { code, out } = await me.run("install", "--yes");
  expect(code).toBe(1);
  expect(out).toContain(`${path}:2: `);
  expect(out).toContain(`Correct line 2 of ${path}`);
  expect(me.read(".gemini/settings.json")).toBe(broken);
  expect(me.read(cursorFile)).toContain("mcpguard");
});

it("with no client it says so, names demo and ends with 0", async () => {
  const me = person();
  const { code, out } = await me.run("install");
  expect(code).toBe(0);
  expect(out).toContain("npx mcpguard demo");
  expect(me.files()).toEqual([]);
});

it("--json prints one document, and nothing else", async () => {
  const me = personWithTwoClients();
  const refused = await me.run("install", "--json");
  expect(refused.code).toBe(2);
  expect(JSON.parse(refused.out)).toMatchObject({
    written: false,
    files: [{ client: "codex", state: "planned" }, { client: "cursor" }],
  });
  const done = await me.run("install", "--json", "--yes", "--diff");
  expect(done.code).toBe(0);
  const { files } = JSON.parse(done.out);
  expect(files).toHaveLength(2);
  expect(files[1]).toMatchObject({
    path: join(me.home, cursorFile),
    state: "written",
    problem: null,
    servers: [
      { name: "files", kind: "stdio", action: "wrap" },
      { name: "issues", kind: "remote", action: "keep", why: "remote: not yet protected" },
    ],
  });
  expect(files[1].diff).toContain("+++");
});

it("project files are changed with --project only, and git is mentioned", async () => {
  const me = person();
  const text = '{"servers":{"files":{"command":"npx"}}}';
  me.put("shop/.vscode/mcp.json", text);
  mkdirSync(join(me.home, "shop/.git"));
  const shop = join(me.home, "shop");
  await me.runIn(shop, "install", "--yes");
  expect(me.read("shop/.vscode/mcp.json")).toBe(text);
  const { code, out } = await me.run("install", "--project", shop, "--yes");
  expect(code).toBe(0);
  expect(out).toContain("git repository");
  expect(me.read("shop/.vscode/mcp.json")).toContain("mcpguard");
  const other = await me.runIn(shop, "install", "--project");
  expect(other.out).toContain("already protected");
  await me.run("uninstall", "--yes");
  expect(me.read("shop/.vscode/mcp.json")).toBe(text);
});

it("a read-only file is named, left alone, and makes exit 1", async () => {
  const me = personWithTwoClients();
  chmodSync(join(me.home, cursorFile), 0o444);
  const { code, out } = await me.run("install", "--yes");
  expect(code).toBe(1);
  expect(out).toContain("read-only");
  expect(me.read(cursorFile)).toBe(cursorText);
  expect(me.read(codexFile)).toContain("mcpguard");
});

it("where its own folder cannot be made, it says so and touches no configuration", async () => {
  const me = person({ MCPGUARD_HOME: "/dev/null/guard" });
  me.put(cursorFile, cursorText);
  const { code, err } = await me.run("install", "--yes");
  expect(code).toBe(1);
  expect(err).toContain("/dev/null/guard");
  expect(err).toContain("MCPGUARD_HOME");
  expect(me.read(cursorFile)).toBe(cursorText);
});

it("a client that must be quit first is named in the plan", async () => {
  const me = person();
  me.put(".config/Claude/claude_desktop_config.json", '{"mcpServers":{"a":{"command":"x"}}}');
  expect((await me.run("install")).out).toContain("Quit Claude Desktop first");
});

it("names in a project's files cannot steer the terminal", async () => {
  const me = person();
  me.put(cursorFile, JSON.stringify({ mcpServers: { "\u001b[2Jevil\u202e\n": { command: "x" } } }));
  const { out } = await me.run("install", "--dry-run");
  expect(out).toContain("evil");
  expect(out).not.toMatch(/[\u001b\u202e]/);
});
