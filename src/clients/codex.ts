import type { Client, ConfigFile, Where } from "../core/client.ts";
import { inHome, inProject, joined } from "./places.ts";
import { toml } from "./syntaxes.ts";

export const codex: Client = {
  meta: {
    id: "codex",
    title: "Codex",
    docs: "https://developers.openai.com/codex/mcp",
    verified: "2026-11-22",
    restart: "start a new session",
  },
  syntax: toml,
  dialect: "command-args",
  files,
  examples: [
    {
      title: "tables, a dotted name and a comment",
      before: `model = "gpt-5"

[mcp_servers.files] # local
command = "npx"
args = ["-y", "server-files"]

[mcp_servers."my.db"]
command = 'C:\\bin\\db.exe' # no args
startup_timeout_sec = 20
`,
      after: `model = "gpt-5"

[mcp_servers.files] # local
command = "/guard/bin/mcpguard"
args = ["wrap", "--client", "codex", "--server", "files", "--", "npx", "-y", "server-files"]

[mcp_servers."my.db"]
command = "/guard/bin/mcpguard" # no args
args = ["wrap", "--client", "codex", "--server", "my.db", "--", 'C:\\bin\\db.exe']
startup_timeout_sec = 20
`,
    },
  ],
};

/** Beside config.toml lie profiles, `NAME.config.toml`. */
function files(where: Where): readonly ConfigFile[] {
  const folder = where.env["CODEX_HOME"] || inHome(where, ".codex");
  const profiles = where.list(folder).filter((name) => name.endsWith(".config.toml"));
  const own = ["config.toml", ...profiles.toSorted()].map((name): ConfigFile => {
    return { path: joined(where, folder, name), scope: "user", servers: [["mcp_servers"]] };
  });
  return [...own, ...inProject(where, [["mcp_servers"]], ".codex", "config.toml")];
}
