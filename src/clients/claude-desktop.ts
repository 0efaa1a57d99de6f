import type { Client, ConfigFile, Where } from "../core/client.ts";
import { inAppSupport, inLocalAppData, joined } from "./places.ts";
import { strictJson } from "./syntaxes.ts";

const file = "claude_desktop_config.json";

export const claudeDesktop: Client = {
  meta: {
    id: "claude-desktop",
    title: "Claude Desktop",
    docs: "https://modelcontextprotocol.io/docs/develop/connect-local-servers",
    verified: "2026-11-22",
    restart: "start it again",
    caution: "Quit Claude Desktop first, in the tray too: while it runs it may write its old file back.",
  },
  // A byte order mark makes it drop all servers: https://github.com/homeassistant-ai/ha-mcp/pull/281
  syntax: strictJson,
  dialect: "command-args",
  files,
  examples: [
    {
      title: "a Windows command with a path",
      before: `{"mcpServers":{"files":{"command":"cmd","args":["/c","npx","-y","server-files","C:\\\\Users\\\\me"]}}}`,
      after: `{"mcpServers":{"files":{"command":"/guard/bin/mcpguard","args":["wrap","--client","claude-desktop","--server","files","--","cmd","/c","npx","-y","server-files","C:\\\\Users\\\\me"]}}}`,
    },
  ],
};

/** The Windows package (MSIX) sees its own copy of the roaming folder; the plain one may exist and be ignored. */
function files(where: Where): readonly ConfigFile[] {
  const paths = [inAppSupport(where, "Claude", file)];
  if (where.platform === "win32") {
    const packages = inLocalAppData(where, "Packages");
    for (const name of where.list(packages)) {
      if (name.startsWith("Claude_"))
        paths.push(joined(where, packages, name, "LocalCache", "Roaming", "Claude", file));
    }
  }
  return paths.map((path) => ({ path, scope: "user", servers: [["mcpServers"]] }));
}
