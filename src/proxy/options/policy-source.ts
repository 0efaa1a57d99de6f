import { isDeepStrictEqual } from "node:util";
import { GuardError } from "../../core/errors.ts";
import type { Policy } from "../../core/policy.ts";
import { findConfig, findFile, type FoundConfig } from "../../policy/find.ts";
import { loadPolicy, type LoadedPolicy } from "../../policy/load.ts";
import type { Layers } from "../../policy/resolve.ts";
import { proxyKeys, type ProxyKeys } from "../../policy/schema-proxy.ts";
import { watchConfig } from "../../policy/watch.ts";
import type { PolicySource } from "../proxy-options.ts";

export type ConfigPlace = {
  /** mcpguard's home, whose configuration holds where no `path` is named. */
  home: string;
  path: string | undefined;
  /** The detectors there are, to warn about other names. */
  detectors: readonly string[];
};

/** The configuration at start. */
export type OpenedConfig = LoadedPolicy & { found: FoundConfig | undefined };

const EVERY_MS = 500;

/** Reads the named file, or that of `home` where there is one. Throws GuardError for one that cannot be used. */
export function openConfig({ home, path, detectors }: ConfigPlace): OpenedConfig {
  const found = path === undefined ? findConfig(home) : findFile(path);
  const named = path ?? found?.path;
  const loaded = named === undefined ? loadPolicy("", "", detectors) : loadPolicy(named, undefined, detectors);
  return { ...loaded, found };
}

/**
 * The rules of the moment by upstream, each worked out once. With `reloads`, an edit of the file takes effect within
 * two seconds; the rules before it stay where it cannot be used, and where a named file is gone.
 */
export function createPolicySource(
  at: ConfigPlace,
  opened: OpenedConfig,
  layers: Layers,
  reloads: boolean,
): PolicySource {
  let current: LoadedPolicy = opened;
  const known = new Map<string, Policy>();

  function policyFor(server: string): Policy {
    const policy = known.get(server) ?? current.policyFor(server, layers);
    known.set(server, policy);
    return policy;
  }

  function follow(onChange: (notes: readonly string[]) => void, onError: (error: unknown) => void): () => void {
    if (!reloads) return () => {};
    return watchConfig({
      find: () => (at.path === undefined ? findConfig(at.home) : findFile(at.path)),
      since: opened.found,
      everyMs: EVERY_MS,
      detectors: at.detectors,
      onError,
      onLoaded: (loaded) => {
        if (loaded === undefined && at.path !== undefined) return onError(gone(at.path));
        current = loaded ?? loadPolicy("", "");
        known.clear();
        onChange([...current.warnings, ...restartNotes(opened.proxy, current.proxy)]);
      },
    });
  }

  return { policyFor, follow };
}

function gone(path: string): GuardError {
  return new GuardError("CONFIG_UNREADABLE", `${path} is gone; its rules stay in force`, "Put the file back.");
}

/** Only rules are taken up while the proxy runs. */
function restartNotes(before: ProxyKeys, now: ProxyKeys): string[] {
  const keys = Object.keys(proxyKeys) as (keyof ProxyKeys)[];
  const changed = keys.filter((key) => !isDeepStrictEqual(before[key], now[key]));
  return changed.length === 0 ? [] : [`${changed.join(", ")} changed: restart the proxy for it to take effect`];
}
