import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { realClients } from "./clients.ts";
import { isConnected } from "./is-connected.ts";
import type { RealClient } from "./real-client.ts";

/**
 * Starts real clients from npm with a server behind mcpguard and asks them whether they reached it. With
 * `--packages DIR` the clients are installed there and stay; else in a temporary folder.
 */
const root = join(import.meta.dirname, "../..");
const server = ["node", join(root, "node_modules/@modelcontextprotocol/server-everything/dist/index.js"), "stdio"];
const temporary = mkdtempSync(join(tmpdir(), "mcpguard-real-"));

async function main(args: readonly string[]): Promise<void> {
  const at = args.indexOf("--packages");
  const packages = at === -1 ? join(temporary, "packages") : (args[at + 1] ?? "");
  await installPackages(packages);
  await execa("node", ["build.js"], { cwd: root });
  let failed = 0;
  for (const client of realClients) {
    const problem = await check(client, packages).catch(String);
    failed += Number(problem !== undefined);
    console.log(
      `${problem === undefined ? "✓" : "✗"} ${client.id}   ${client.package}   ${problem ?? "connected through mcpguard"}`,
    );
  }
  console.log(`${realClients.length - failed} passed, ${failed} failed`);
  process.exitCode = Number(failed > 0);
}

async function installPackages(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), '{"private":true}\n');
  const names = realClients.map((client) => client.package);
  await execa("npm", ["install", "--no-audit", "--no-fund", "--loglevel=error", ...names], {
    cwd: folder,
    stdio: "inherit",
  });
}

/** What went wrong; undefined where all went well. */
async function check(client: RealClient, packages: string): Promise<string | undefined> {
  const box = boxFor(client, packages);
  if (!(await box.isConnected())) return "does not reach the server without mcpguard either";
  const before = box.read();
  await box.mcpguard("install", "--yes");
  const wrapped = box.read();
  if (!(await box.isConnected())) return "does not reach the server through mcpguard";
  if (!logOf(box.home).includes(`"client":"${client.id}"`)) return "reached the server past mcpguard";
  const isRewritten = box.read() !== wrapped;
  await box.mcpguard("uninstall", "--yes");
  if (!isRewritten && box.read() !== before) return "uninstall did not give the bytes back";
  if (!(await box.isConnected())) return "does not reach the server after uninstall";
  if (client.add === undefined) return undefined;
  await box.mcpguard("install", "--yes");
  await box.run(client.add);
  await box.mcpguard("uninstall", "--yes");
  await box.mcpguard("uninstall", "--check");
  if (!box.read().includes("added.js")) return "uninstall lost the server that the client had added";
  return (await box.isConnected()) ? undefined : "does not reach the server after it rewrote its file";
}

/** A home folder with the client's configuration in it; what is run there and fails throws. */
function boxFor(client: RealClient, packages: string) {
  const home = join(temporary, client.id);
  const [file, cwd] = [join(home, client.file), join(home, "work")];
  for (const folder of [dirname(file), cwd]) mkdirSync(folder, { recursive: true });
  writeFileSync(file, client.config(server));
  const path = [join(packages, "node_modules/.bin"), dirname(process.execPath), "/usr/bin", "/bin"].join(":");
  const options = { env: { HOME: home, PATH: path, TERM: "dumb" }, extendEnv: false, cwd };
  const run = async ([command = "", ...args]: readonly string[]) =>
    void (await execa(command, args, { ...options, stdin: "ignore" }));
  return {
    home,
    read: () => readFileSync(file, "utf8"),
    run,
    mcpguard: (...args: string[]) => run([process.execPath, join(root, "bin/mcpguard.js"), ...args]),
    isConnected: () => isConnected(client.ask, options),
  };
}

function logOf(home: string): string {
  const folder = join(home, ".mcpguard/log");
  return readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), "utf8"))
    .join("");
}

try {
  await main(process.argv.slice(2));
} finally {
  rmSync(temporary, { recursive: true, force: true });
}
