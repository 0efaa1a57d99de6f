import { readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { basename, dirname, isAbsolute, join, resolve } from "node:path";
import { ownFolder } from "../../clients/build-folder.ts";
import { claudePolicy, policyObjection } from "../../clients/claude-policy.ts";
import type { ConfigDocument, KnownFile } from "../../clients/discover.ts";
import { launcherAt, type LauncherPlace } from "../../clients/launcher.ts";
import { isNoexec } from "../../clients/noexec.ts";
import type { InstallWish } from "../../clients/plan.ts";
import type { Where } from "../../core/client.ts";
import { GuardError } from "../../core/errors.ts";
import { homeFolder } from "../../state/home.ts";
import { Journal } from "../../state/journal.ts";

/** This machine, as the commands that change configurations see it. */
export type Machine = {
  where: Where;
  /** mcpguard's own folder. */
  home: string;
  launcher: LauncherPlace;
  /** The folder this program runs from. */
  source: string;
  journal: Journal;
};

/** `project` undefined leaves project files out; "" is the current folder. */
export function thisMachine(project: string | undefined): Machine {
  const { platform } = process;
  const person = personalFolder();
  const home = resolve(homeFolder(process.env, person));
  const where: Where = {
    home: person,
    platform: platform === "win32" || platform === "darwin" ? platform : "linux",
    env: process.env,
    project: project === undefined ? undefined : projectFolder(project),
    list: namesIn,
  };
  const noexec = isNoexec(textOf("/proc/self/mounts") ?? "", realPath(home));
  const launcher = { home, platform: where.platform, node: process.execPath, noexec };
  return { where, home, launcher, source: ownFolder(), journal: new Journal(home) };
}

/** The files that earlier installs changed, wherever they lie. */
export function knownFiles({ journal }: Machine): readonly KnownFile[] {
  return Object.entries(journal.files()).flatMap(([real, record]) => [record, { ...record, path: real }]);
}

/** What `install` would do for the servers that `isWanted` names. */
export function installWish(machine: Machine, isWanted: (server: string) => boolean): InstallWish {
  const policy = claudePolicy(machine.where, textOf);
  return {
    past: machine.journal.read(),
    launcher: launcherAt(machine.launcher).words,
    isWanted,
    objection: ({ client }: ConfigDocument, entry, wrapped) =>
      client.meta.id === "claude-code" ? policyObjection(policy, entry, wrapped) : undefined,
  };
}

/** Where HOME is empty or relative, every path below it would mean a file of the current folder. */
function personalFolder(): string {
  const folder = userHome();
  if (isAbsolute(folder)) return folder;
  throw new GuardError(
    "NO_HOME",
    `the home folder ${JSON.stringify(folder)} is no absolute path`,
    `Set the environment variable ${process.platform === "win32" ? "USERPROFILE" : "HOME"} to your home folder.`,
  );
}

function userHome(): string {
  try {
    return homedir();
  } catch {
    return "";
  }
}

function projectFolder(path: string): string {
  const folder = resolve(path);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return folder;
  throw new GuardError(
    "NO_SUCH_FOLDER",
    `there is no folder ${folder}`,
    "Name the folder of a project after --project.",
  );
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

/** The path behind all symbolic links, also where its end does not exist yet. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return dirname(path) === path ? path : join(realPath(dirname(path)), basename(path));
  }
}
