import { GuardError } from "../../core/errors.ts";
import type { ProxyKeys } from "../../policy/schema-proxy.ts";
import { defaults } from "./defaults.ts";

export type OneServer = { target: string } | { command: string | readonly string[] };

/**
 * The one server of `--target` or of a command. The closest of `layers` (flags, environment, file) that names any of
 * mode, target and command decides which of the two it is. Undefined where none does and there are `upstreams`.
 * Throws GuardError for what cannot be.
 */
export function oneServer(layers: readonly ProxyKeys[]): OneServer | undefined {
  const deciding = layers.find(({ mode, target, command }) => mode ?? target ?? command);
  const hasOthers = layers.some(({ upstreams }) => Object.keys(upstreams ?? {}).length > 0);
  if (deciding === undefined) return hasOthers ? undefined : { target: defaults.target };
  if (modeOf(deciding) === "http") {
    return { target: layers.find(({ target }) => target !== undefined)?.target ?? defaults.target };
  }
  const command = layers.find((layer) => layer.command !== undefined)?.command;
  if (command !== undefined) return { command };
  throw new GuardError("USAGE", "Mode stdio needs a command to start", "Add -- COMMAND ARGS…, or --cmd for each word.");
}

function modeOf({ mode, target, command }: ProxyKeys): "http" | "stdio" {
  if (mode === "http" && target === undefined && command !== undefined) {
    throw new GuardError(
      "USAGE",
      "Mode http takes a target URL, not a command",
      "Leave the mode away, or the command.",
    );
  }
  if (mode !== undefined) return mode;
  if (target !== undefined && command !== undefined) {
    throw new GuardError(
      "USAGE",
      "There is both a target URL and a command",
      "Give one of them, or say with mode (http or stdio) which one it is.",
    );
  }
  return target === undefined ? "stdio" : "http";
}
