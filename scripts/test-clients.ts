import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { execa } from "execa";
import { realClients, type RealClient } from "./real-clients.ts";

// Real clients talk to a real server through mcpguard, each in a home folder of its own, without an account.

const folder = resolve("node_modules/.cache/real-clients");
const bin = join(folder, "node_modules/.bin");
const server = [process.execPath, resolve("node_modules/@modelcontextprotocol/server-everything/dist/index.js")];

async function tryClient(client: RealClient): Promise<string[]> {
  const home = mkdtempSync(join(tmpdir(), `mcpguard-${client.id}-`));
  const env = { HOME: home, PATH: process.env["PATH"] ?? "", TERM: "dumb" };
  const mcpguard = (...args: string[]) =>
    execa(process.execPath, [resolve("bin/mcpguard.js"), ...args], { env, extendEnv: false, reject: false });
  try {
    const files = client.files(server).map(({ path, text }) => ({ path: join(home, path), text }));
    for (const { path, text } of files) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
    const problems: string[] = [];
    const installed = await mcpguard("install", "--client", client.id, "--yes");
    if (installed.exitCode !== 0) problems.push(`install failed: ${installed.stderr}`);
    const said = stripVTControlCharacters(await client.ask(bin, env));
    if (!client.connected.test(said)) problems.push(`the client does not report the server as connected:\n${said}`);
    const { stdout } = await mcpguard("analyze", "--client", client.id, "--type", "message", "--json");
    if (!/"method":\s*"initialize"/.test(stdout)) problems.push("nothing of it is in the log");
    const uninstalled = await mcpguard("uninstall", "--yes");
    const check = await mcpguard("uninstall", "--check");
    if (uninstalled.exitCode !== 0 || check.exitCode !== 0) problems.push(`uninstall failed: ${uninstalled.stderr}`);
    const changed = files.filter(({ path, text }) => !holdsAllOf(readFileSync(path, "utf8"), text));
    return [...problems, ...changed.map(({ path }) => `${path} is not what it was`)];
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/** Clients add members of their own while they run; what stood there before must stand there again. */
function holdsAllOf(now: string, before: string): boolean {
  const lines = new Set(linesOf(now));
  return linesOf(before).every((line) => lines.has(line)) && !now.includes("--server");
}

function linesOf(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim().replace(/,$/, ""))
    .filter((line) => line !== "");
}

const wanted = process.argv.slice(2);
const chosen = realClients.filter(({ id }) => wanted.length === 0 || wanted.includes(id));
mkdirSync(folder, { recursive: true });
const missing = chosen.filter(
  ({ package: name }) => !existsSync(join(folder, "node_modules", name.replace(/@[^@]*$/, ""))),
);
if (missing.length > 0) {
  const names = realClients.map(({ package: name }) => name);
  await execa("npm", ["install", "--prefix", folder, "--no-audit", "--no-fund", "--no-save", ...names], {
    stdio: "inherit",
  });
}
for (const client of chosen) {
  const problems = await tryClient(client);
  console.log(`${problems.length === 0 ? "✓" : "✗"} ${client.package} through mcpguard`);
  for (const problem of problems) console.log(`    ${problem}`);
  if (problems.length > 0) process.exitCode = 1;
}
