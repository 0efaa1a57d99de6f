import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import type { Platform } from "../core/client.ts";
import { errorCode, GuardError } from "../core/errors.ts";
import { writeDurably } from "../state/write-durably.ts";
import { buildName, copyBuild, isWhole, markUsed, removeOldBuilds } from "./build-folder.ts";
import { removeLeftovers, temporaryBeside } from "./replace-file.ts";

export type Launcher = {
  /** The words that stand before `wrap` in a client's configuration. */
  words: readonly string[];
  /** The sh script; on Windows, and where nothing may be executed, node is called with the other script. */
  shell: string;
  script: string;
};

export type LauncherPlace = { home: string; platform: Platform; node: string; noexec: boolean };

export function launcherAt({ home, platform, node, noexec }: LauncherPlace): Launcher {
  const [shell, script] = [join(home, "bin", "mcpguard"), join(home, "bin", "mcpguard.cjs")];
  return { shell, script, words: platform === "win32" || noexec ? [node, script] : [shell] };
}

/** Copies the build, then switches the launchers to it: whoever starts meanwhile gets the old or the new, whole. */
export function installLauncher(place: LauncherPlace, source: string, now: Date): void {
  try {
    switchTo(place, source, now);
  } catch (error) {
    if (error instanceof GuardError) throw error;
    const reason = errorCode(error) || String(error);
    const remedy = reason === "ENOSPC" ? "Free some disk space" : "Make that folder writable for you";
    const fix = `${remedy}, or choose another by the environment variable MCPGUARD_HOME.`;
    throw new GuardError("HOME_UNWRITABLE", `cannot write ${place.home}: ${reason}`, fix, error);
  }
}

function switchTo(place: LauncherPlace, source: string, now: Date): void {
  const { home } = place;
  mkdirSync(join(home, "bin"), { recursive: true, mode: 0o700 });
  chmodSync(home, 0o700);
  const lib = copyBuild(source, home);
  const former = currentBuild(home);
  if (former !== undefined) markUsed(former, now);
  markUsed(lib, now);
  for (const { path, text } of launcherFiles(place, lib)) writeWhole(path, text);
  removeOldBuilds(home, lib, now);
}

/** True where the launchers are in place, start this very build with this node, and the build is there. */
export function isInstalled(place: LauncherPlace, source: string): boolean {
  const lib = join(place.home, "lib", buildName(source));
  return (
    isWhole(lib) &&
    launcherFiles(place, lib).every(({ path, text }) => existsSync(path) && readFileSync(path, "utf8") === text)
  );
}

/** The build that the launchers start now; undefined where there are none. */
export function currentBuild(home: string): string | undefined {
  const script = join(home, "bin", "mcpguard.cjs");
  const lib = existsSync(script) ? /^const lib = (".*");$/m.exec(readFileSync(script, "utf8"))?.[1] : undefined;
  const name: unknown = lib === undefined ? undefined : JSON.parse(lib);
  return typeof name === "string" ? join(home, "lib", basename(name)) : undefined;
}

function launcherFiles(place: LauncherPlace, lib: string): readonly { path: string; text: string }[] {
  const { shell, script } = launcherAt(place);
  const forNode = { path: script, text: nodeScript(place.home, lib) };
  if (place.platform === "win32") return [forNode];
  return [forNode, { path: shell, text: shellScript(place.home, place.node, lib) }];
}

/** Built-ins of sh only: it runs at every start of a server and must cost next to nothing. */
function shellScript(home: string, node: string, lib: string): string {
  return `#!/bin/sh
# Starts mcpguard for MCP clients. Written by \`mcpguard install\`, which also replaces it.
MCPGUARD_HOME=${quoted(home)}
export MCPGUARD_HOME
recorded=${quoted(node)}
lib=${quoted(lib)}
node=$recorded
if [ ! -x "$node" ]; then
  node=$(command -v node) || {
    printf 'mcpguard: Node.js is neither at %s nor on PATH. Install Node.js 20.19 or newer, then run: npx mcpguard install\\n' "$recorded" >&2
    exit 127
  }
fi
case "$1" in
  wrap) script=$lib/dist/wrap.cjs ;;
  *) script=$lib/bin/mcpguard.js ;;
esac
if [ ! -f "$script" ]; then
  printf 'mcpguard: %s is gone. Run: npx mcpguard install\\n' "$script" >&2
  exit 127
fi
exec "$node" "$script" "$@"
`;
}

function nodeScript(home: string, lib: string): string {
  return `"use strict";
// Starts mcpguard for MCP clients. Written by \`mcpguard install\`, which also replaces it.
const lib = ${JSON.stringify(lib)};
process.env.MCPGUARD_HOME = ${JSON.stringify(home)};
require(lib + (process.argv[2] === "wrap" ? "/dist/wrap.cjs" : "/bin/mcpguard.js"));
`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

function writeWhole(path: string, text: string): void {
  removeLeftovers(path);
  const temporary = temporaryBeside(path);
  rmSync(temporary, { force: true });
  writeDurably(temporary, text, 0o700);
  renameSync(temporary, path);
}
