import { spawn, type ChildProcessByStdio } from "node:child_process";
import { homedir } from "node:os";
import type { Readable, Writable } from "node:stream";
import { findCommand, repairedPath, type Machine } from "./find-command.ts";
import { windowsCommand } from "./windows-command.ts";

/** A server: its standard input and output are ours, its standard error goes straight to the client. */
export type ServerProcess = ChildProcessByStdio<Writable, Readable, null>;

/** Starts a server with the shim's own environment, folder and umask. */
export function startServer(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): ServerProcess {
  const invocation =
    process.platform === "win32" ? windowsCommand(command, args, env) : { file: command, args, verbatim: false };
  return spawn(invocation.file, invocation.args, {
    stdio: ["pipe", "pipe", "inherit"],
    env,
    windowsHide: true,
    windowsVerbatimArguments: invocation.verbatim,
  });
}

/**
 * A second try for a command that is not on PATH, as `npx` is not for desktop applications.
 * Undefined where it is nowhere else either.
 */
export function startElsewhere(
  command: string,
  args: readonly string[],
): { server: ServerProcess; folder: string } | undefined {
  const machine: Machine = {
    env: process.env,
    home: homedir(),
    platform: process.platform,
    nodePath: process.execPath,
  };
  const folder = findCommand(command, machine);
  if (folder === undefined) return undefined;
  return { server: startServer(command, args, { ...process.env, PATH: repairedPath(folder, machine) }), folder };
}
