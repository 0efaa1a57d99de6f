import {
  chmodSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join, relative } from "node:path";
import { expect, it } from "vitest";
import { apply } from "../../src/clients/apply.ts";
import { discover } from "../../src/clients/discover.ts";
import { clients } from "../../src/clients/index.ts";
import { sandbox } from "./sandbox.ts";

const file = ".cursor/mcp.json";
const original = '{"mcpServers":{"files":{"command":"npx","args":["server-files"]}}}';

it("mode and symbolic link stay, and nothing is left beside the file", () => {
  const box = sandbox();
  const real = box.put("dotfiles/mcp.json", original);
  chmodSync(real, 0o600);
  mkdirSync(join(box.home, ".cursor"));
  symlinkSync(real, join(box.home, file));
  box.install();
  expect(readFileSync(real, "utf8")).toContain("mcpguard");
  expect(statSync(real).mode & 0o7777).toBe(0o600);
  expect(lstatSync(join(box.home, file)).isSymbolicLink()).toBe(true);
  box.uninstall();
  expect(readFileSync(real, "utf8")).toBe(original);
  expect(readdirSync(join(box.home, "dotfiles"))).toEqual(["mcp.json"]);
  expect(readdirSync(join(box.home, ".cursor"))).toEqual(["mcp.json"]);
});

it("a file that two clients reach by different paths is changed once", () => {
  const box = sandbox();
  const real = box.put("shared.json", original);
  for (const folder of [".cursor", ".config/Claude"]) mkdirSync(join(box.home, folder), { recursive: true });
  symlinkSync(real, join(box.home, file));
  symlinkSync(real, join(box.home, ".config/Claude/claude_desktop_config.json"));
  const outcomes = box.install();
  expect(outcomes.map(({ plan, written }) => [plan.document.readers, written])).toEqual([
    [["claude-desktop", "cursor"], true],
  ]);
  expect(readFileSync(real, "utf8").match(/"wrap"/g)).toHaveLength(1);
  expect(box.install().some(({ written }) => written)).toBe(false);
  box.uninstall();
  expect(readFileSync(real, "utf8")).toBe(original);
});

it("the original and the journal are on disk before the file changes, readable by the owner only", () => {
  const box = sandbox();
  box.put(file, original);
  box.install();
  const [folder = ""] = readdirSync(join(box.guard, "backups"));
  const [kept = ""] = readdirSync(join(box.guard, "backups", folder));
  const backup = join(box.guard, "backups", folder, kept);
  expect(readFileSync(backup, "utf8")).toBe(original);
  for (const path of [backup, join(box.guard, "state", "installs.json")]) expect(statSync(path).mode & 0o077).toBe(0);
});

it("a file with two names keeps both", () => {
  const box = sandbox();
  const path = box.put(file, original);
  const other = join(box.home, "dotfiles.json");
  linkSync(path, other);
  box.install();
  expect(readFileSync(other, "utf8")).toBe(box.read(file));
  expect(box.read(file)).toContain("mcpguard");
  box.uninstall();
  expect([readFileSync(other, "utf8"), box.read(file), statSync(path).nlink]).toEqual([original, original, 2]);
});

it("a file that does not parse is left alone and named with its line; the others are still done", () => {
  const box = sandbox();
  const broken = '{\n  "mcpServers": {\n    "a": { "command": "x" }\n';
  const path = box.put(".gemini/settings.json", broken);
  box.put(file, original);
  const problems = box.install().flatMap(({ problem }) => problem ?? []);
  expect(problems.map(({ message }) => message)).toEqual([`${path}:4: close brace expected`]);
  expect(problems[0]?.fix).toContain(path);
  expect(box.read(".gemini/settings.json")).toBe(broken);
  expect(box.read(file)).toContain("mcpguard");
});

it("a file that its owner made read-only is left alone, whoever runs mcpguard", () => {
  const box = sandbox();
  const path = box.put(file, original);
  chmodSync(path, 0o400);
  const [outcome] = box.install();
  expect([outcome?.written, outcome?.problem?.code]).toEqual([false, "CONFIG_READ_ONLY"]);
  expect(readFileSync(path, "utf8")).toBe(original);
});

it("what a killed run left beside the file goes with the next run", () => {
  const box = sandbox();
  box.put(file, original);
  const dead = join(box.home, ".cursor", ".mcp.json.mcpguard-999999999.tmp");
  const alive = join(box.home, ".cursor", `.mcp.json.mcpguard-${process.ppid}.tmp`);
  for (const path of [dead, alive]) writeFileSync(path, "half");
  box.install();
  expect(readdirSync(join(box.home, ".cursor")).toSorted()).toEqual([
    `.mcp.json.mcpguard-${process.ppid}.tmp`,
    "mcp.json",
  ]);
});

it("a file that cannot be written is reported with its reason", () => {
  const box = sandbox();
  const path = box.put(file, original);
  const plan = box.planInstall();
  // A folder in place of the journal's: whoever runs this, nothing can be remembered, so nothing may be written.
  box.put(".mcpguard/state/installs.json/in-the-way", "");
  const [outcome] = apply(plan, box.journal, box.guard);
  expect([outcome?.written, outcome?.problem?.code]).toEqual([false, "STATE_UNREADABLE"]);
  expect(readFileSync(path, "utf8")).toBe(original);
});

it("a path that a variable gives relative to this folder is remembered whole", () => {
  const box = sandbox();
  const path = box.put(".claude.json", original);
  const [document] = discover({ ...box.where, env: { CLAUDE_CONFIG_DIR: relative(process.cwd(), box.home) } }, clients);
  expect(document?.path).toBe(path);
});
