import { errorCode, GuardError } from "./core/errors.ts";
import { forwardSignals } from "./process/forward-signals.ts";
import { startElsewhere, startServer, type ServerProcess } from "./process/start-server.ts";
import { say, shareStderr } from "./process/stderr.ts";
import { parseWrapArguments, type WrapArguments } from "./shim/wrap-arguments.ts";

const NOT_EXECUTABLE = 126;
const NOT_FOUND = 127;

let running: ServerProcess | undefined;

/** Starts the server before anything else is loaded: the engine loads while the server boots. */
function main(): void {
  const given = parseWrapArguments(process.argv.slice(3));
  shareStderr();
  // Before the server starts: a signal that comes in between must not be lost.
  forwardSignals(() => running);
  try {
    guard(given, startServer(given.command, given.args), (error) => retry(given, error));
  } catch (error) {
    giveUp(given, error);
  }
}

function guard(given: WrapArguments, server: ServerProcess, onFailure: (error: Error) => void): void {
  running = server;
  server.once("error", onFailure);
  server.once("spawn", () => {
    import("./shim/stdio.ts").then(({ guardStdio }) => guardStdio(given, server)).catch(fail);
  });
}

function retry(given: WrapArguments, error: Error): void {
  if (errorCode(error) !== "ENOENT") return giveUp(given, error);
  const found = startElsewhere(given.command, given.args);
  if (found === undefined) return giveUp(given, error);
  say(`${given.command} is not on PATH; using the one in ${found.folder}`);
  guard(given, found.server, (second) => giveUp(given, second));
}

function giveUp(given: WrapArguments, error: unknown): void {
  say(`cannot start ${given.command}: ${errorCode(error) || String(error)}`);
  process.exit(errorCode(error) === "ENOENT" ? NOT_FOUND : NOT_EXECUTABLE);
}

function fail(error: unknown): void {
  say(error instanceof GuardError ? `${error.message}\n  ${error.fix}` : String(error));
  process.exit(2);
}

try {
  main();
} catch (error) {
  fail(error);
}
