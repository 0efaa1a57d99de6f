import { readFileSync } from "node:fs";
import { errorCode, GuardError } from "../core/errors.ts";
import type { Policy } from "../core/policy.ts";
import { advice } from "./advice.ts";
import { check } from "./check.ts";
import { parse } from "./parse.ts";
import { resolve, type Layers } from "./resolve.ts";
import { respell } from "./respell.ts";
import { configSchema } from "./schema.ts";
import type { ProxyKeys } from "./schema-proxy.ts";
import type { Path } from "./spots.ts";

export type LoadedPolicy = {
  /** The rules for a server; `layers` are laid below and above those of the file. */
  policyFor(server: string, layers?: Layers): Policy;
  /** What only the proxy reads. */
  proxy: ProxyKeys;
  warnings: readonly string[];
};

/**
 * Reads and checks a configuration file. Throws GuardError CONFIG_INVALID, naming file, line and column, and
 * CONFIG_UNREADABLE. Neither errors nor warnings hold values that may be secret. With `detectors`, the ids there are,
 * other names among the settings are warned about.
 */
export function loadPolicy(path: string, text: string = read(path), detectors?: readonly string[]): LoadedPolicy {
  const source = parse(path, text);
  const { value, origin, warnings } = respell(source, configSchema);
  const name = (at: Path): string => `${source.place(origin(at))}: ${origin(at).join(".") || "the file"}`;
  const fix = "Correct the file; until then its rules are not used. All keys: docs/config.md";
  const config = check(value, name, "CONFIG_INVALID", fix);
  const advised = advice(config, detectors).map(
    ({ at, text: words }) => `${source.place(origin(at), "key")}: ${words}`,
  );
  return {
    policyFor: (server, layers) => resolve(config, server, layers),
    proxy: config,
    warnings: [...warnings, ...advised],
  };
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new GuardError(
      "CONFIG_UNREADABLE",
      `${path} cannot be read (${errorCode(error) || "unknown error"})`,
      "Check that the file exists and that you may read it.",
      error,
    );
  }
}
