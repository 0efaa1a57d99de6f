import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { onTestFinished } from "vitest";

export const bin = join(import.meta.dirname, "../../bin/mcpguard.js");

type Ran = { code: number | undefined; out: string; err: string };

/** A person with a home folder of their own, who types commands into no terminal. */
export type Person = {
  home: string;
  put(path: string, text: string): string;
  read(path: string): string;
  /** Every file below the home folder. */
  files(): readonly string[];
  run(...args: string[]): Promise<Ran>;
  runIn(folder: string, ...args: string[]): Promise<Ran>;
};

export function person(env: Record<string, string> = {}): Person {
  const home = mkdtempSync(join(tmpdir(), "mcpguard-person-"));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const runIn = async (folder: string, ...args: string[]): Promise<Ran> => {
    const own = { HOME: home, USERPROFILE: home, PATH: process.env["PATH"] ?? "", ...env };
    const options = {
      cwd: folder,
      env: own,
      extendEnv: false,
      reject: false,
      timeout: 30_000,
      stdin: "ignore",
    } as const;
    const { exitCode, stdout, stderr } = await execa(process.execPath, [bin, ...args], options);
    return { code: exitCode, out: stdout, err: stderr };
  };
  return {
    home,
    put: (path, text) => {
      mkdirSync(dirname(join(home, path)), { recursive: true });
      writeFileSync(join(home, path), text);
      return join(home, path);
    },
    read: (path) => readFileSync(join(home, path), "utf8"),
    files: () =>
      readdirSync(home, { recursive: true, withFileTypes: true, encoding: "utf8" })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .sort(),
    run: (...args) => runIn(home, ...args),
    runIn,
  };
}

export const cursorFile = ".cursor/mcp.json";
export const codexFile = ".codex/config.toml";
export const cursorText = `{
  // mine
  "mcpServers": {
    "files": { "command": "npx", "args": ["-y", "server-files"], "env": { "KEY": "sk-cursor" } },
    "issues": { "url": "https://issues.example/mcp?token=t" },
  }
}
`;
export const codexText = '[mcp_servers.time] # utc\ncommand = "time-server"\n';

/** Two clients with one local server each, and one remote. */
export function personWithTwoClients(): Person {
  const someone = person();
  someone.put(cursorFile, cursorText);
  someone.put(codexFile, codexText);
  return someone;
}
