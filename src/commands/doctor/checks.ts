import { accessSync, constants, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { execa } from "execa";
import { buildName, isWhole } from "../../clients/build-folder.ts";
import type { FilePlan, Plan } from "../../clients/edit.ts";
import { currentBuild, launcherAt } from "../../clients/launcher.ts";
import { GuardError } from "../../core/errors.ts";
import { findConfig } from "../../policy/find.ts";
import { placeIn } from "../../state/home.ts";
import type { Machine } from "../plan/machine.ts";
import { labelOf, protectionOf } from "../plan/protection.ts";

/** One thing that was looked at. `fix` is empty where all is well. */
export type Check = { name: string; ok: boolean; message: string; fix: string };

const oldestNode = [20, 19];

export function checkNode(version: string): Check {
  const [major = 0, minor = 0] = version.replace(/^v/, "").split(".").map(Number);
  const [wantedMajor = 0, wantedMinor = 0] = oldestNode;
  const ok = major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);
  return check("node", ok, `Node.js ${version}`, "Install Node.js 20.19 or newer, then run: npx mcpguard install");
}

/** Starts the launcher as a client would. */
export async function checkLauncher({ launcher, home, source }: Machine): Promise<Check> {
  const { words } = launcherAt(launcher);
  const [file = "", ...rest] = words;
  if (!existsSync(words.at(-1) ?? "")) {
    return check("launcher", true, "not installed yet (next: npx mcpguard install)", "");
  }
  const { exitCode, stdout, stderr } = await execa(file, [...rest, "--version"], { reject: false, timeout: 20_000 });
  const runs = exitCode === 0;
  const build = currentBuild(home);
  if (runs && build !== undefined && !isWhole(build))
    return check("launcher", false, `files of ${build} are missing or changed`, "Run: npx mcpguard install");
  const isOther = runs && basename(build ?? "") !== buildName(source);
  const message = runs
    ? `${words.join(" ")} starts ${stdout.trim()}`
    : `${words.join(" ")} does not start: ${stderr.split("\n")[0]}`;
  if (isOther)
    return check("launcher", true, `${message}, another build than this one (npx mcpguard install switches)`, "");
  return check("launcher", runs, message, "Run: npx mcpguard install");
}

/** Each configuration parses, and each wrapped entry can start. */
export function checkConfigs(plan: Plan, { journal }: Machine): readonly Check[] {
  const past = journal.read();
  return plan.flatMap((file) => {
    const { document, problem } = file;
    const name = `config ${document.path}`;
    if (problem) return [check(name, false, problem.message, problem.fix)];
    const servers = protectionOf(file, past);
    const guarded = servers.filter((server) => server.protected).length;
    const message = `${document.path} parses; servers protected: ${guarded}`;
    const lost = servers.filter(({ why }) => why.endsWith("took the protection away"));
    const fix = `Quit ${document.client.meta.title} wholly, then run: npx mcpguard install`;
    const taken = lost.map((server) =>
      check(`server ${server.name}`, false, `${labelOf(server)}: ${server.why} (${document.path})`, fix),
    );
    return [check(name, true, message, ""), ...taken, ...checkEntries(file)];
  });
}

function checkEntries({ document }: FilePlan): readonly Check[] {
  return document.entries.flatMap(({ name, marker, argv }) => {
    if (marker === undefined) return [];
    const launcher = argv.slice(0, argv.indexOf("wrap"));
    const missing = launcher.find((word) => !isStartable(word, launcher.length === 1));
    const message =
      missing === undefined ? `${name} is protected` : `${name} starts ${missing}, which is not there or cannot run`;
    return [
      check(`server ${name}`, missing === undefined, `${message} (${document.path})`, "Run: npx mcpguard install"),
    ];
  });
}

function isStartable(path: string, mustRun: boolean): boolean {
  // A bare name is looked up on PATH, by the client.
  if (!/[\\/]/.test(path)) return true;
  try {
    accessSync(path, mustRun ? constants.X_OK : constants.R_OK);
    return true;
  } catch {
    return false;
  }
}

export function checkLog(home: string): Check {
  const folder = placeIn(home, "log");
  const place = [folder, home].find((path) => existsSync(path));
  if (place === undefined) return check("log", true, "nothing logged yet", "");
  try {
    const probe = mkdtempSync(join(place, ".doctor-"));
    writeFileSync(join(probe, "probe"), "x");
    rmSync(probe, { recursive: true });
    return check("log", true, `${folder} can be written`, "");
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return check(
      "log",
      false,
      `${folder} cannot be written: ${reason}`,
      `Make ${place} writable for you and free some disk space.`,
    );
  }
}

/** The loader is heavy: it is fetched only where there is something to load. */
export async function checkConfigFile(home: string): Promise<Check> {
  const found = findConfig(home);
  if (found === undefined) return check("policy", true, "no config file: the preset balanced holds", "");
  try {
    const { loadPolicy } = await import("../../policy/load.ts");
    const { warnings } = loadPolicy(found.path);
    const [first] = warnings;
    return check("policy", first === undefined, first ?? `${found.path} is valid`, `Correct ${found.path}.`);
  } catch (error) {
    if (error instanceof GuardError) return check("policy", false, error.message, error.fix);
    throw error;
  }
}

function check(name: string, ok: boolean, message: string, fix: string): Check {
  return { name, ok, message, fix: ok ? "" : fix };
}
