import { join } from "node:path";
import { execa } from "execa";
import { askCodex } from "./ask-codex.ts";

export type RealClient = {
  id: string;
  /** On npm, with the version this was last tried with. */
  package: string;
  /** In the client's home: its configuration first, with a server `every` started by this command line. */
  files(command: readonly string[]): readonly { path: string; text: string }[];
  /** What the client says about its servers. */
  ask(bin: string, env: Record<string, string>): Promise<string>;
  connected: RegExp;
};

const json = (value: unknown) => `${JSON.stringify(value, undefined, 2)}\n`;
const entry = ([command, ...args]: readonly string[]) => ({ command, args });

/** Asks with a subcommand that connects to every server. */
function list(name: string): RealClient["ask"] {
  return async (bin, env) => {
    const options = {
      env,
      extendEnv: false,
      cwd: env["HOME"] ?? "/",
      all: true,
      reject: false,
      timeout: 120_000,
    } as const;
    return (await execa(join(bin, name), ["mcp", "list"], options)).all;
  };
}

/** Clients from npm that connect to their servers without an account. */
export const realClients: readonly RealClient[] = [
  {
    id: "claude-code",
    package: "@anthropic-ai/claude-code@2.1.197",
    files: (command) => [
      { path: ".claude.json", text: json({ mcpServers: { every: { type: "stdio", ...entry(command), env: {} } } }) },
    ],
    ask: list("claude"),
    connected: /every: .*✔ Connected/,
  },
  {
    id: "codex",
    package: "@openai/codex@0.169.0",
    files: ([command, ...args]) => [
      {
        path: ".codex/config.toml",
        text: `[mcp_servers.every] # a comment\ncommand = ${JSON.stringify(command)}\nargs = ${JSON.stringify(args)}\n`,
      },
    ],
    ask: askCodex,
    connected: /"name":"every".*"echo"/,
  },
  {
    id: "gemini-cli",
    package: "@google/gemini-cli@0.61.0",
    files: (command) => [
      {
        path: ".gemini/settings.json",
        text: json({ security: { folderTrust: { enabled: false } }, mcpServers: { every: entry(command) } }),
      },
    ],
    ask: list("gemini"),
    connected: /✓ every: .* - Connected/,
  },
  {
    id: "opencode",
    package: "opencode-ai@1.18.33",
    files: (command) => [
      { path: ".config/opencode/opencode.json", text: json({ mcp: { every: { type: "local", command } } }) },
    ],
    ask: list("opencode"),
    connected: /every\s+(\S+ )?connected/,
  },
];
