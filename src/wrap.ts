import { GuardError } from "./core/errors.ts";
import { startElsewhere, startServer, type ServerProcess } from "./process/start-server.ts";
import { parseWrapArguments, type WrapArguments } from "./shim/wrap-arguments.ts";

const NOT_EXECUTABLE = 126;
const NOT_FOUND = 127;

/** Starts the server before anything else is loaded: the engine loads while the server boots. */
function main(): void {
  const given = parseWrapArguments(process.argv.slice(3));
  const server = startServer(given.command, given.args);
  server.once("spawn", () => guard(given, server));
  server.once("error", (error: NodeJS.ErrnoException) => retry(given, error));
}

function retry(given: WrapArguments, error: NodeJS.ErrnoException): void {
  if (error.code !== "ENOENT") return giveUp(given, error);
  const found = startElsewhere(given.command, given.args);
  if (found === undefined) return giveUp(given, error);
  process.stderr.write(`mcpguard: ${given.command} is not on PATH; using the one in ${found.folder}\n`);
  found.server.once("spawn", () => guard(given, found.server));
  found.server.once("error", (second: NodeJS.ErrnoException) => giveUp(given, second));
}

function giveUp(given: WrapArguments, error: NodeJS.ErrnoException): void {
  process.stderr.write(`mcpguard: cannot start ${given.command}: ${error.code ?? error.message}\n`);
  process.exit(error.code === "ENOENT" ? NOT_FOUND : NOT_EXECUTABLE);
}

function guard(given: WrapArguments, server: ServerProcess): void {
  import("./shim/stdio.ts").then(({ guardStdio }) => guardStdio(given, server)).catch(fail);
}

function fail(error: unknown): void {
  const text = error instanceof GuardError ? `${error.message}\n  ${error.fix}` : String(error);
  process.stderr.write(`mcpguard: ${text}\n`);
  process.exit(2);
}

try {
  main();
} catch (error) {
  fail(error);
}
