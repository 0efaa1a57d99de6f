import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { root } from "./root.ts";
import type { Suite } from "./suites.ts";

export type InstalledSuites = { readonly node: string; entry(release: Suite["release"]): string };

const cache = join(root, "node_modules/.cache/mcpguard-conformance");
const releases: readonly Suite["release"][] = ["0.1.16", "0.2.0-alpha.12"];

/**
 * The suites, installed once beside the project and not in it: they need Node 22 or newer, and the bin of the package
 * `node` would shadow the Node that everything else runs on.
 */
export async function installSuites(): Promise<InstalledSuites> {
  const folder = join(cache, [...releases, "node24"].join("+"));
  if (!existsSync(folder)) await installInto(folder);
  return {
    node: join(folder, "node_modules/node/bin/node"),
    entry: (release) => join(folder, "node_modules", alias(release), "dist/index.js"),
  };
}

async function installInto(folder: string): Promise<void> {
  mkdirSync(cache, { recursive: true });
  const fresh = mkdtempSync(join(cache, "installing-"));
  writeFileSync(join(fresh, "package.json"), '{"private":true}\n');
  const suites = releases.map((release) => `${alias(release)}@npm:@modelcontextprotocol/conformance@${release}`);
  await execa("npm", ["install", "--no-audit", "--no-fund", "--loglevel=error", "node@24", ...suites], {
    cwd: fresh,
    stdio: ["ignore", "ignore", "inherit"],
  });
  try {
    renameSync(fresh, folder);
  } catch (error) {
    // Somebody else was faster: theirs is as good.
    rmSync(fresh, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
}

function alias(release: Suite["release"]): string {
  return `conformance-${release}`;
}
