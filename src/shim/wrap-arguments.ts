import { GuardError } from "../core/errors.ts";

export type WrapArguments = { server: string; client: string; command: string; args: string[] };

const usage = "Usage: mcpguard wrap --server NAME [--client ID] -- COMMAND [ARGS…]";

/**
 * Reads `wrap`'s command line by hand: the shim starts once per server, and a parser would be most
 * of its start. Options may stand in any order before `--`; what follows it is taken literally.
 */
export function parseWrapArguments(argv: readonly string[]): WrapArguments {
  const { options, rest } = readOptions(argv);
  if (options.has("url"))
    throw new GuardError("REMOTE_UNSUPPORTED", "wrap cannot reach remote servers yet (--url)", usage);
  const server = options.get("server");
  const [command, ...args] = rest;
  if (server === undefined) throw new GuardError("USAGE", "wrap needs --server NAME", usage);
  if (command === undefined || command === "") throw new GuardError("USAGE", "wrap needs a command after --", usage);
  return { server, client: options.get("client") ?? "unknown", command, args };
}

/** A value may be any word, also `--`: a server may have that name. */
function readOptions(argv: readonly string[]): { options: Map<string, string>; rest: readonly string[] } {
  const options = new Map<string, string>();
  for (let index = 0; index < argv.length; index++) {
    if (argv[index] === "--") return { options, rest: argv.slice(index + 1) };
    const [name, inline] = split(argv[index] ?? "");
    if (name !== "server" && name !== "client" && name !== "url" && name !== "transport") {
      throw new GuardError("USAGE", `wrap does not know ${argv[index] ?? ""}`, usage);
    }
    const value = inline ?? argv[++index];
    if (value === undefined) throw new GuardError("USAGE", `--${name} needs a value`, usage);
    options.set(name, value);
  }
  return { options, rest: [] };
}

function split(argument: string): [string, string | undefined] {
  if (!argument.startsWith("--")) return ["", undefined];
  const equals = argument.indexOf("=");
  return equals === -1 ? [argument.slice(2), undefined] : [argument.slice(2, equals), argument.slice(equals + 1)];
}
