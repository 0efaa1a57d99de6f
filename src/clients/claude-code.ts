import type { Client, ConfigFile, Where } from "../core/client.ts";
import { inProject, joined } from "./places.ts";
import { strictJson } from "./syntaxes.ts";

export const claudeCode: Client = {
  meta: {
    id: "claude-code",
    title: "Claude Code",
    docs: "https://code.claude.com/docs/en/mcp",
    verified: "2026-11-22",
    restart: "start a new session",
  },
  syntax: { ...strictJson, bom: true },
  dialect: "command-args",
  files,
  examples: [
    {
      title: "servers of the user and of one project",
      before: `{
  "numStartups": 3,
  "mcpServers": {
    "files": { "type": "stdio", "command": "npx", "args": ["-y", "server-files", "\${HOME}"], "env": {} },
    "issues": { "type": "http", "url": "https://issues.example/mcp" }
  },
  "projects": {
    "/work/shop": { "mcpServers": { "database": { "command": "./db-server" } } }
  }
}
`,
      after: `{
  "numStartups": 3,
  "mcpServers": {
    "files": { "type": "stdio", "command": "/guard/bin/mcpguard", "args": ["wrap", "--client", "claude-code", "--server", "files", "--", "npx", "-y", "server-files", "\${HOME}"], "env": {} },
    "issues": { "type": "http", "url": "https://issues.example/mcp" }
  },
  "projects": {
    "/work/shop": { "mcpServers": { "database": { "command": "/guard/bin/mcpguard", "args": ["wrap", "--client", "claude-code", "--server", "database", "--", "./db-server"] } } }
  }
}
`,
    },
  ],
};

function files(where: Where): readonly ConfigFile[] {
  const folder = where.env["CLAUDE_CONFIG_DIR"] || where.home;
  const own: ConfigFile = {
    path: joined(where, folder, ".claude.json"),
    scope: "user",
    servers: [["mcpServers"], ["projects", "*", "mcpServers"]],
  };
  return [own, ...inProject(where, [["mcpServers"]], ".mcp.json")];
}
