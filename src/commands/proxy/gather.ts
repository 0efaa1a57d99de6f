import { resolve } from "node:path";
import { GuardError } from "../../core/errors.ts";
import { detectors } from "../../detectors/index.ts";
import type { Config, Overlay } from "../../policy/schema.ts";
import { completeOptions, mergedKeys } from "../../proxy/options/complete.ts";
import { defaults } from "../../proxy/options/defaults.ts";
import { createPolicySource, openConfig } from "../../proxy/options/policy-source.ts";
import { startWarnings } from "../../proxy/options/warnings.ts";
import type { ProxyOptions } from "../../proxy/proxy-options.ts";
import { loadPair, pairWarning } from "../../proxy/tls/load-pair.ts";
import { homeFolder, placeIn } from "../../state/home.ts";
import { envLayer, flagLayer } from "./layers.ts";
import { readKey } from "./read-key.ts";
import { readyFolder } from "./ready-folder.ts";

export type Surroundings = {
  env: Readonly<Record<string, string | undefined>>;
  /** The user's home folder. */
  home: string;
  folder: string;
};

/**
 * What a command line, the environment and the configuration file come to, the closer going before the further, and
 * what a person should know about it. Throws GuardError for whatever cannot be.
 */
export function gather(
  given: Readonly<Record<string, unknown>>,
  { env, home: person, folder }: Surroundings,
): { options: ProxyOptions; warnings: readonly string[] } {
  if (env["MCPGUARD_API_KEY"] === "") throw emptyKey();
  const pathOf = (written: string): string => resolve(folder, written.replace(/^~(?=[\\/]|$)/, person));
  const home = resolve(homeFolder(env, person));
  const flags = flagLayer(given, commandOf(given));
  const environment = envLayer(env);
  const path = flags.config_path ?? environment.config_path;
  const place = {
    home,
    path: path === undefined ? undefined : pathOf(path),
    detectors: detectors.map(({ meta }) => meta.id),
  };
  const file = openConfig(place);

  const layers = [flags, environment, file.proxy];
  const keys = mergedKeys(layers);
  const above = { ...rulesOf(environment), ...rulesOf(flags) };
  const rules = { below: { rate_limit: defaults.rateLimit, rate_window: defaults.rateWindow }, above };
  const options = completeOptions({
    home,
    layers,
    pathOf,
    policies: createPolicySource(place, file, rules, keys.hot_reload ?? false),
    apiKey: readKey(layers, pathOf),
    logFolder: readyFolder(keys.log_dir === undefined ? placeIn(home, "log") : pathOf(keys.log_dir)),
  });
  const facts = {
    keyOnCommandLine: flags.api_key !== undefined,
    listsOnCommandLine: above.allow !== undefined || above.deny !== undefined,
  };
  return { options, warnings: [...file.warnings, ...tlsWarnings(options.tls), ...startWarnings(options, facts)] };
}

/** yargs keeps what follows `--` apart. */
function commandOf(given: Readonly<Record<string, unknown>>): readonly string[] | undefined {
  const rest = given["--"];
  if (!Array.isArray(rest) || rest.length === 0) return undefined;
  if (given["cmd"] !== undefined)
    throw new GuardError("USAGE", "There is a command both after -- and as --cmd", "Give it once.");
  return rest.map(String);
}

/** The keys that flags can set for all upstreams. */
function rulesOf({ preset, allow, deny, rate_limit, rate_window }: Config): Overlay {
  const entries = Object.entries({ preset, allow, deny, rate_limit, rate_window });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

function tlsWarnings(tls: ProxyOptions["tls"]): string[] {
  const warning = tls === undefined ? undefined : pairWarning(loadPair(tls), Date.now());
  return warning === undefined ? [] : [warning];
}

function emptyKey(): GuardError {
  return new GuardError(
    "USAGE",
    "MCPGUARD_API_KEY is set but empty, so nobody would be asked for a key",
    "Give it a value, or remove the variable.",
  );
}
