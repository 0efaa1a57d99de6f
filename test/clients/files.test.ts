import { expect, it } from "vitest";
import { clients } from "../../src/clients/index.ts";
import type { Platform, Where } from "../../src/core/client.ts";

type Machine = Partial<Where> & { folders?: Record<string, readonly string[]> };

function paths(id: string, platform: Platform, machine: Machine = {}): readonly string[] {
  const { folders = {}, ...given } = machine;
  const home = { linux: "/home/me", darwin: "/Users/me", win32: "C:\\Users\\me" }[platform];
  const where: Where = {
    home,
    platform,
    env: {},
    project: undefined,
    list: (folder) => folders[folder] ?? [],
    ...given,
  };
  const client = clients.find(({ meta }) => meta.id === id);
  return client?.files(where).map(({ path }) => path) ?? [];
}

const roaming = "C:\\Users\\me\\AppData\\Roaming";

it("Claude Code: its own file, wherever CLAUDE_CONFIG_DIR says, and the project's", () => {
  expect(paths("claude-code", "linux")).toEqual(["/home/me/.claude.json"]);
  expect(paths("claude-code", "win32")).toEqual(["C:\\Users\\me\\.claude.json"]);
  const env = { CLAUDE_CONFIG_DIR: "/srv/claude" };
  expect(paths("claude-code", "linux", { env, project: "/work" })).toEqual([
    "/srv/claude/.claude.json",
    "/work/.mcp.json",
  ]);
});

it("Claude Desktop: on Windows also the copy that the packaged app sees", () => {
  const file = "Claude/claude_desktop_config.json";
  expect(paths("claude-desktop", "linux")).toEqual([`/home/me/.config/${file}`]);
  expect(paths("claude-desktop", "darwin")).toEqual([`/Users/me/Library/Application Support/${file}`]);
  const packages = "C:\\Users\\me\\AppData\\Local\\Packages";
  expect(paths("claude-desktop", "win32", { folders: { [packages]: ["Other_1", "Claude_pzs8sxrjxfjjc"] } })).toEqual([
    `${roaming}\\Claude\\claude_desktop_config.json`,
    `${packages}\\Claude_pzs8sxrjxfjjc\\LocalCache\\Roaming\\Claude\\claude_desktop_config.json`,
  ]);
});

it("Codex: CODEX_HOME, profiles and the project", () => {
  expect(paths("codex", "win32")).toEqual(["C:\\Users\\me\\.codex\\config.toml"]);
  const env = { CODEX_HOME: "/srv/codex" };
  const folders = { "/srv/codex": ["auth.json", "work.config.toml", "config.toml"] };
  expect(paths("codex", "linux", { env, folders, project: "/work" })).toEqual([
    "/srv/codex/config.toml",
    "/srv/codex/work.config.toml",
    "/work/.codex/config.toml",
  ]);
});

it("Cursor and Gemini CLI: in the home folder, or where GEMINI_CLI_HOME says", () => {
  expect(paths("cursor", "darwin", { project: "/work" })).toEqual([
    "/Users/me/.cursor/mcp.json",
    "/work/.cursor/mcp.json",
  ]);
  expect(paths("gemini-cli", "linux")).toEqual(["/home/me/.gemini/settings.json"]);
  expect(paths("gemini-cli", "linux", { env: { GEMINI_CLI_HOME: "/srv/g" } })).toEqual([
    "/srv/g/.gemini/settings.json",
  ]);
});

it("opencode: the same layout on every platform, and the files its variables name", () => {
  expect(paths("opencode", "win32")[1]).toBe("C:\\Users\\me\\.config\\opencode\\opencode.json");
  const env = { XDG_CONFIG_HOME: "/xdg", OPENCODE_CONFIG: "/a/b.json", OPENCODE_CONFIG_DIR: "/c" };
  expect(paths("opencode", "linux", { env, project: "/work" })).toEqual([
    "/xdg/opencode/config.json",
    "/xdg/opencode/opencode.json",
    "/xdg/opencode/opencode.jsonc",
    "/home/me/.opencode/opencode.json",
    "/home/me/.opencode/opencode.jsonc",
    "/c/opencode.json",
    "/c/opencode.jsonc",
    "/a/b.json",
    "/work/opencode.json",
    "/work/opencode.jsonc",
    "/work/.opencode/opencode.json",
    "/work/.opencode/opencode.jsonc",
  ]);
});

it("VS Code: every profile, machines reached over the network, and the project", () => {
  const user = "/home/me/.config/Code/User";
  expect(paths("vscode", "linux", { folders: { [`${user}/profiles`]: ["1a2b"] }, project: "/work" })).toEqual([
    `${user}/mcp.json`,
    `${user}/profiles/1a2b/mcp.json`,
    "/home/me/.vscode-server/data/User/mcp.json",
    "/work/.vscode/mcp.json",
  ]);
  expect(paths("vscode", "linux", { env: { VSCODE_PORTABLE: "/usb" } })[0]).toBe("/usb/user-data/User/mcp.json");
  expect(paths("vscode-insiders", "win32")[0]).toBe(`${roaming}\\Code - Insiders\\User\\mcp.json`);
  expect(paths("vscodium", "darwin")[0]).toBe("/Users/me/Library/Application Support/VSCodium/User/mcp.json");
});

it("without a project no client names a project file", () => {
  for (const { files } of clients) {
    const where: Where = { home: "/home/me", platform: "linux", env: {}, project: undefined, list: () => [] };
    expect(files(where).filter(({ scope }) => scope === "project")).toEqual([]);
  }
});
