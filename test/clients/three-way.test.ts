import { rmSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { sandbox, type Sandbox } from "./sandbox.ts";

const file = ".cursor/mcp.json";
const original = `{
  // the team's servers
  "mcpServers": {
    "files": { "command": "npx", "args": ["-y", /* quiet */ "server-files"], "env": { "A": "1" } },
    "time": { "command": "time-server" }
  }
}
`;

function damaged(members: string): string {
  return `{"files":{"FILE":{"client":"cursor","path":"FILE","scope":"user","servers":[["mcpServers"]],${members}}}}`;
}

function installed(): Sandbox {
  const box = sandbox();
  box.put(file, original);
  box.install();
  expect(box.read(file)).toContain("mcpguard");
  return box;
}

function edit(box: Sandbox, from: string, to: string): void {
  expect(box.read(file)).toContain(from);
  box.put(file, box.read(file).replace(from, to));
}

it("an untouched file gets its bytes back, and the journal forgets it", () => {
  const box = installed();
  const [outcome] = box.uninstall();
  expect(outcome?.plan.isExact).toBe(true);
  expect(box.read(file)).toBe(original);
  expect(box.journal.files()).toEqual({});
});

it("what was changed elsewhere in the file stays", () => {
  const box = installed();
  edit(box, "// the team's servers", "// ours");
  edit(box, '"A": "1"', '"A": "2"');
  box.uninstall();
  expect(box.read(file)).toBe(original.replace("// the team's servers", "// ours").replace('"A": "1"', '"A": "2"'));
});

it("args that were edited behind -- stay edited", () => {
  const box = installed();
  edit(box, '"server-files"', '"server-files", "--read-only"');
  box.uninstall();
  expect(box.read(file)).toBe(original.replace('"server-files"', '"server-files", "--read-only"'));
});

it("args given to a server that had none stay", () => {
  const box = installed();
  edit(box, '"time-server"]', '"time-server", "--utc"]');
  box.uninstall();
  expect(box.read(file)).toBe(original.replace('"time-server"', '"time-server", "args": ["--utc"]'));
});

it("an entry that was renamed is undone under its new name", () => {
  const box = installed();
  edit(box, '"files": {', '"documents": {');
  box.uninstall();
  expect(box.read(file)).toBe(original.replace('"files": {', '"documents": {'));
});

it("an entry that was copied to another client is undone there too", () => {
  const box = installed();
  box.put(".gemini/settings.json", box.read(file).replace("/* quiet */ ", ""));
  box.uninstall();
  expect(JSON.parse(box.read(".gemini/settings.json").replace("// the team's servers", "")).mcpServers).toEqual({
    files: { command: "npx", args: ["-y", "server-files"], env: { A: "1" } },
    time: { command: "time-server", args: [] },
  });
});

it("an entry that was deleted stays deleted", () => {
  const box = installed();
  const without = box
    .read(file)
    .replace(/ {4}"time".*\n/, "")
    .replace("} },\n", "} }\n");
  box.put(file, without);
  box.uninstall();
  expect(box.read(file)).toBe(original.replace(/ {4}"time".*\n/, "").replace("} },\n", "} }\n"));
});

it("an entry that someone took over is left alone", () => {
  const box = installed();
  const taken = box.read(file).replace(/"time": \{.*\}/, '"time": { "command": "other-time" }');
  box.put(file, taken);
  box.uninstall();
  expect(box.read(file)).toBe(original.replace("time-server", "other-time"));
});

it("a client that reformats the whole file loses the comments, not the meaning", () => {
  const box = installed();
  const { mcpServers } = JSON.parse(box.read(file).replaceAll(/\/\/.*|\/\*.*?\*\//g, ""));
  box.put(file, JSON.stringify({ $schema: "x", mcpServers }, null, 4));
  box.uninstall();
  const text = box.read(file);
  expect(text).toContain('["-y", /* quiet */ "server-files"]');
  expect(text).not.toContain("mcpguard");
  expect(JSON.parse(text.replace("/* quiet */", ""))).toEqual({
    $schema: "x",
    mcpServers: {
      files: { command: "npx", args: ["-y", "server-files"], env: { A: "1" } },
      time: { command: "time-server" },
    },
  });
});

it("with the state lost the marker is enough", () => {
  const box = installed();
  rmSync(box.guard, { recursive: true });
  const [outcome] = box.uninstall();
  expect(outcome?.plan.isExact).toBe(false);
  expect(box.read(file)).toBe(original.replace('"time-server"', '"time-server", "args": []'));
});

it.each([
  ["no JSON", "{ not json"],
  ["a file's record is none", '{"files":{"FILE":5}}'],
  ["a write is none", damaged('"writes":[null],"entries":[]')],
  ["an entry is none", damaged('"writes":[],"entries":[{"path":5,"command":"x","args":null,"argv":null}]')],
  ["a path is none", damaged('"writes":[],"entries":[],"path":5')],
  ["the members are none", damaged('"writes":[],"entries":[],"servers":"mcpServers"')],
])("a damaged journal counts as a lost one: %s", (_, text) => {
  const box = installed();
  box.put(".mcpguard/state/installs.json", text.replaceAll("FILE", join(box.home, file)));
  box.uninstall();
  expect(box.read(file)).not.toContain("mcpguard");
  box.install();
  box.uninstall();
  expect(box.read(file)).toBe(original.replace('"time-server"', '"time-server", "args": []'));
});

it("one server after the other: the last one brings the bytes back", () => {
  const box = installed();
  box.uninstall((server) => server === "time");
  expect(box.read(file)).toContain("mcpguard");
  expect(box.read(file)).toContain('"time": { "command": "time-server" }');
  const [outcome] = box.uninstall();
  expect(outcome?.plan.isExact).toBe(true);
  expect(box.read(file)).toBe(original);
});

it("a second install after an edit keeps the edit in what uninstall gives back", () => {
  const box = installed();
  edit(box, '"time": {', '"new": { "command": "new-server" },\n    "time": {');
  box.install();
  expect(box.read(file).match(/"wrap"/g)).toHaveLength(3);
  const [outcome] = box.uninstall();
  expect(outcome?.plan.isExact).toBe(true);
  expect(box.read(file)).toBe(original.replace('"time": {', '"new": { "command": "new-server" },\n    "time": {'));
});

it("uninstall twice changes nothing more", () => {
  const box = installed();
  box.uninstall();
  expect(box.uninstall().every(({ written }) => !written)).toBe(true);
  expect(box.read(file)).toBe(original);
});
