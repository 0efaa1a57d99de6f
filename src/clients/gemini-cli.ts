import type { Client, Where } from "../core/client.ts";
import { inProject, joined } from "./places.ts";

const servers = [["mcpServers"]];

export const geminiCli: Client = {
  meta: {
    id: "gemini-cli",
    title: "Gemini CLI",
    docs: "https://geminicli.com/docs/tools/mcp-server/",
    verified: "2026-11-22",
    restart: "start a new session",
  },
  syntax: { language: "json", comments: true, trailingCommas: false, bom: false, empty: false },
  dialect: "command-args",
  files: (where: Where) => [
    {
      path: joined(where, where.env["GEMINI_CLI_HOME"] || where.home, ".gemini", "settings.json"),
      scope: "user",
      servers,
    },
    ...inProject(where, servers, ".gemini", "settings.json"),
  ],
  examples: [
    {
      title: "a comment and tabs",
      before: `{\n\t"mcpServers": {\n\t\t// mine\n\t\t"notes": {\n\t\t\t"command": "notes",\n\t\t\t"timeout": 5000\n\t\t}\n\t}\n}`,
      after: `{\n\t"mcpServers": {\n\t\t// mine\n\t\t"notes": {\n\t\t\t"command": "/guard/bin/mcpguard",\n\t\t\t"args": ["wrap", "--client", "gemini-cli", "--server", "notes", "--", "notes"],\n\t\t\t"timeout": 5000\n\t\t}\n\t}\n}`,
    },
  ],
};
