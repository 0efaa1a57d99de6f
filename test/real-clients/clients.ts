import type { RealClient } from "./real-client.ts";

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** One JSON-RPC message a line, as `codex app-server` reads them. */
const lines = (messages: readonly object[]): string =>
  messages.map((message) => `${JSON.stringify(message)}\n`).join("");

export const realClients: readonly RealClient[] = [
  {
    id: "claude-code",
    package: "@anthropic-ai/claude-code@2.1.197",
    file: ".claude.json",
    config: ([command, ...args]) => json({ mcpServers: { every: { type: "stdio", command, args, env: {} } } }),
    add: ["claude", "mcp", "add", "--scope", "user", "added", "--", "node", "added.js"],
    ask: { words: ["claude", "mcp", "list"], connected: /every: .*✔ Connected/ },
  },
  {
    id: "gemini-cli",
    package: "@google/gemini-cli@0.61.0",
    file: ".gemini/settings.json",
    config: ([command, ...args]) =>
      `// mine\n${json({ security: { folderTrust: { enabled: false } }, mcpServers: { every: { command, args } } })}`,
    add: ["gemini", "mcp", "add", "--scope", "user", "added", "node", "added.js"],
    ask: { words: ["gemini", "mcp", "list"], connected: /✓ every: .*Connected/ },
  },
  {
    id: "opencode",
    package: "opencode-ai@1.18.33",
    file: ".config/opencode/opencode.jsonc",
    config: (command) => `// mine\n${json({ mcp: { every: { type: "local", command } } })}`,
    ask: { words: ["opencode", "mcp", "list"], connected: /✓ every .*connected/ },
  },
  {
    id: "codex",
    package: "@openai/codex@0.169.0",
    file: ".codex/config.toml",
    config: ([command, ...args]) =>
      `# mine\n[mcp_servers.every]\ncommand = ${JSON.stringify(command)} # node\nargs = ${JSON.stringify(args)}\n`,
    add: ["codex", "mcp", "add", "added", "--", "node", "added.js"],
    ask: {
      words: ["codex", "app-server"],
      input: lines([
        { id: 1, method: "initialize", params: { clientInfo: { name: "test", version: "1" } } },
        { method: "initialized" },
        { id: 2, method: "mcpServerStatus/list", params: {} },
      ]),
      connected: /"id":2,.*"name":"every".*"tools":\{".*"echo"/,
    },
  },
];
