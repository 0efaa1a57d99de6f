import type { Client, Where } from "../core/client.ts";
import { inHome, inProject } from "./places.ts";
import { looseJson } from "./syntaxes.ts";

const servers = [["mcpServers"]];

export const cursor: Client = {
  meta: {
    id: "cursor",
    title: "Cursor",
    docs: "https://cursor.com/docs/context/mcp",
    verified: "2026-11-22",
    restart: "approve the changed servers when it asks",
  },
  syntax: looseJson,
  dialect: "command-args",
  files: (where: Where) => [
    { path: inHome(where, ".cursor", "mcp.json"), scope: "user", servers },
    ...inProject(where, servers, ".cursor", "mcp.json"),
  ],
  examples: [
    {
      title: "comments, trailing commas and variables",
      before: `{
  // what the team uses
  "mcpServers": {
    "files": {
      "command": "npx",
      "args": [
        "-y", // no questions
        "server-files",
        "\${workspaceFolder}",
      ],
      "envFile": ".env",
    },
  },
}
`,
      after: `{
  // what the team uses
  "mcpServers": {
    "files": {
      "command": "/guard/bin/mcpguard",
      "args": [
        "wrap", "--client", "cursor", "--server", "files", "--", "npx",
        "-y", // no questions
        "server-files",
        "\${workspaceFolder}",
      ],
      "envFile": ".env",
    },
  },
}
`,
    },
  ],
};
