import type { Client, ConfigFile, Where } from "../core/client.ts";
import { inHome, inProject, inXdgConfig, joined } from "./places.ts";
import { looseJson } from "./syntaxes.ts";

/** The second is the layout of version 2. */
const servers = [["mcp"], ["mcp", "servers"]];
const names = ["opencode.json", "opencode.jsonc"];

export const opencode: Client = {
  meta: {
    id: "opencode",
    title: "opencode",
    docs: "https://opencode.ai/docs/mcp-servers/",
    verified: "2026-11-22",
    restart: "restart it",
  },
  syntax: { ...looseJson, empty: true },
  dialect: "command-array",
  files,
  examples: [
    {
      title: "both layouts, a remote server and a bare switch",
      before: `{
  "mcp": {
    "files": { "type": "local", "command": ["npx", "-y", "server-files", "{env:ROOT}"], "enabled": false },
    "issues": { "type": "remote", "url": "https://issues.example/mcp" },
    "notes": { "enabled": true },
    "servers": { "time": { "type": "local", "command": ["time"] } },
  },
}
`,
      after: `{
  "mcp": {
    "files": { "type": "local", "command": ["/guard/bin/mcpguard", "wrap", "--client", "opencode", "--server", "files", "--", "npx", "-y", "server-files", "{env:ROOT}"], "enabled": false },
    "issues": { "type": "remote", "url": "https://issues.example/mcp" },
    "notes": { "enabled": true },
    "servers": { "time": { "type": "local", "command": ["/guard/bin/mcpguard", "wrap", "--client", "opencode", "--server", "time", "--", "time"] } },
  },
}
`,
    },
  ],
};

function files(where: Where): readonly ConfigFile[] {
  const { OPENCODE_CONFIG: file, OPENCODE_CONFIG_DIR: folder } = where.env;
  const paths = [
    ...["config.json", ...names].map((name) => inXdgConfig(where, "opencode", name)),
    ...names.map((name) => inHome(where, ".opencode", name)),
    ...(folder ? names.map((name) => joined(where, folder, name)) : []),
    ...(file ? [file] : []),
  ];
  return [
    ...paths.map((path): ConfigFile => ({ path, scope: "user", servers })),
    ...names.flatMap((name) => inProject(where, servers, name)),
    ...names.flatMap((name) => inProject(where, servers, ".opencode", name)),
  ];
}
