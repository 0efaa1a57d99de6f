import { spawn, type ChildProcessByStdio } from "node:child_process";
import { once } from "node:events";
import { homedir } from "node:os";
import type { Readable, Writable } from "node:stream";
import { errorCode } from "../core/errors.ts";
import { errorLines } from "./error-lines.ts";
import { findCommand, repairedPath } from "./find-command.ts";
import { watchGroup } from "./group-watch.ts";
import { killGroup } from "./kill-group.ts";
import { windowsCommand } from "./windows-command.ts";

export type Exit = { code: number | null; signal: NodeJS.Signals | null };

/** A server started for others: it leads a process group of its own. */
export type Child = {
  pid: number;
  stdin: Writable;
  stdout: Readable;
  /** Resolves when it has ended and all that it wrote was read. */
  ended: Promise<Exit>;
  /** Ends it and what it started: its input at once, by a signal soon, by force after five seconds. */
  end(): Promise<Exit>;
};

type Process = ChildProcessByStdio<Writable, Readable, Readable>;

const TERM_AFTER = 500;
const KILL_AFTER = 5_000;
/** Output of a server that has ended arrives within this time. */
const SILENCE = 300;

/** Starts `command` in this process's folder. Rejects with the system's error where it cannot be started. */
export async function startChild(
  command: readonly string[],
  env: NodeJS.ProcessEnv,
  onErrorLine: (line: string) => void,
): Promise<Child> {
  const started = await launch(command, env).catch((error: unknown) => launchElsewhere(command, env, error));
  const pid = started.pid ?? 0;
  errorLines(started.stderr, onErrorLine);
  started.on("error", () => {});
  started.stdin.on("error", () => {});
  const ended = endOf(started, watchGroup(pid));
  return { pid, stdin: started.stdin, stdout: started.stdout, ended, end: () => end(started, pid, ended) };
}

async function launch([command = "", ...args]: readonly string[], env: NodeJS.ProcessEnv): Promise<Process> {
  const isWindows = process.platform === "win32";
  const invocation = isWindows ? windowsCommand(command, args, env) : { file: command, args, verbatim: false };
  const started = spawn(invocation.file, invocation.args, {
    stdio: ["pipe", "pipe", "pipe"],
    env,
    windowsHide: true,
    windowsVerbatimArguments: invocation.verbatim,
    detached: !isWindows,
  });
  await once(started, "spawn");
  return started;
}

/** A second try for a command that is not on PATH, as `npx` is not for services. */
function launchElsewhere([name = "", ...args]: readonly string[], env: NodeJS.ProcessEnv, error: unknown) {
  const machine = { env, home: homedir(), platform: process.platform, nodePath: process.execPath };
  const folder = errorCode(error) === "ENOENT" ? findCommand(name, machine) : undefined;
  if (folder === undefined) throw error;
  return launch([name, ...args], { ...env, PATH: repairedPath(folder, machine) });
}

/** What it started may outlive it, and keep its output open. */
async function endOf(started: Process, dismissWatch: () => void): Promise<Exit> {
  const exit = await new Promise<Exit>((resolve) => {
    started.once("exit", (code, signal) => resolve({ code, signal }));
  });
  endRest(started.pid ?? 0, dismissWatch);
  await Promise.race([once(started.stdout, "close"), silence(started.stdout)]);
  started.stdout.destroy();
  started.stderr.destroy();
  return exit;
}

function endRest(group: number, dismissWatch: () => void): void {
  if (!killGroup(group, "SIGTERM")) return dismissWatch();
  setTimeout(() => {
    killGroup(group, "SIGKILL");
    dismissWatch();
  }, KILL_AFTER).unref();
}

/** While nobody takes more, nothing can come. */
function silence(stdout: Readable): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => (stdout.isPaused() ? timer.refresh() : resolve()), SILENCE);
    stdout.on("data", () => timer.refresh());
  });
}

async function end({ stdin, exitCode, signalCode }: Process, pid: number, ended: Promise<Exit>): Promise<Exit> {
  if (exitCode !== null || signalCode !== null) return ended;
  stdin.end();
  const term = setTimeout(() => killGroup(pid, "SIGTERM"), TERM_AFTER);
  const kill = setTimeout(() => killGroup(pid, "SIGKILL"), KILL_AFTER);
  const exit = await ended;
  clearTimeout(term);
  clearTimeout(kill);
  return exit;
}
