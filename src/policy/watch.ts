import { setTimeout as sleep } from "node:timers/promises";
import { GuardError } from "../core/errors.ts";
import { defaultPolicy, type Policy } from "../core/policy.ts";
import { findConfig, type FoundConfig } from "./find.ts";
import type { LoadedPolicy } from "./load.ts";

type Watch = {
  /** Once per edit that cannot be used; the rules before it stay. */
  onError(error: GuardError): void;
  everyMs?: number;
  /** The detectors there are, to warn about other names. */
  detectors?: readonly string[];
};

export type PolicyWatch = Watch & {
  /** mcpguard's home folder. */
  home: string;
  server: string;
  /** New rules; the default ones when the file vanishes. Not called at start where no file exists. */
  onPolicy(policy: Policy, warnings: readonly string[]): void;
};

export type ConfigWatch = Watch & {
  /** Where the configuration is at the moment. */
  find(): FoundConfig | undefined;
  /** The state that is in use already; without it, a file that is there is new. */
  since?: FoundConfig | undefined;
  /** The configuration as it is now; undefined when the file vanished. */
  onLoaded(loaded: LoadedPolicy | undefined): void;
};

/** Editors empty, write and rename: a change counts once it stayed the same for this long. */
const settleMs = 100;
const settleRounds = 5;

/** Follows mcpguard's own configuration for one server. Returns a function that stops it. */
export function watchPolicy({ home, server, onPolicy, ...watch }: PolicyWatch): () => void {
  return watchConfig({
    ...watch,
    find: () => findConfig(home),
    onLoaded: (loaded) => {
      if (loaded === undefined) onPolicy(defaultPolicy, []);
      else onPolicy(loaded.policyFor(server), loaded.warnings);
    },
  });
}

/** Follows a configuration file, looking at once and then at intervals. Returns a function that stops it. */
export function watchConfig({ find, since, onLoaded, onError, everyMs = 1000, detectors }: ConfigWatch): () => void {
  let timer: NodeJS.Timeout | undefined;
  let seen = stampOf(since);
  let stopped = false;

  async function look(isFirst: boolean): Promise<void> {
    const found = isFirst ? find() : await settled(find, seen);
    if (found === "unsettled" || stampOf(found) === seen) return;
    seen = stampOf(found);
    const loaded = found === undefined ? undefined : await load(found.path, detectors);
    if (!stopped) onLoaded(loaded);
  }

  async function follow(isFirst: boolean): Promise<void> {
    try {
      await look(isFirst);
    } catch (error) {
      if (!stopped) onError(asGuardError(error));
    }
    if (!stopped) timer = setTimeout(() => void follow(false), everyMs).unref();
  }

  void follow(true);
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}

/** What is there now, at once where it is as last `seen`; a change is waited for until it stands still. */
async function settled(find: ConfigWatch["find"], seen: string): Promise<FoundConfig | "unsettled" | undefined> {
  let before = seen;
  for (let round = 0; round < settleRounds; round++) {
    const found = find();
    if (stampOf(found) === before) return found;
    before = stampOf(found);
    await sleep(settleMs, undefined, { ref: false });
  }
  return "unsettled";
}

async function load(path: string, detectors: readonly string[] | undefined): Promise<LoadedPolicy> {
  const { loadPolicy } = await import("./load.ts");
  return loadPolicy(path, undefined, detectors);
}

function stampOf(found: FoundConfig | undefined): string {
  return JSON.stringify(found ?? null);
}

function asGuardError(error: unknown): GuardError {
  if (error instanceof GuardError) return error;
  return new GuardError("CONFIG_INVALID", "The configuration could not be loaded", "Run mcpguard doctor.", error);
}
