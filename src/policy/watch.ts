import { setTimeout as sleep } from "node:timers/promises";
import { GuardError } from "../core/errors.ts";
import { defaultPolicy, type Policy } from "../core/policy.ts";
import { findConfig, type FoundConfig } from "./find.ts";

export type PolicyWatch = {
  /** mcpguard's home folder. */
  home: string;
  server: string;
  /** New rules; the default ones when the file vanishes. Not called at start where no file exists. */
  onPolicy(policy: Policy, warnings: readonly string[]): void;
  /** Once per edit that cannot be used; the rules before it stay. */
  onError(error: GuardError): void;
  everyMs?: number;
  /** The detectors there are, to warn about other names. */
  detectors?: readonly string[];
};

/** Editors empty, write and rename: a change counts once it stayed the same for this long. */
const settleMs = 100;
const settleRounds = 5;

/** Follows the configuration file, looking at once and then at intervals. Returns a function that stops it. */
export function watchPolicy({ home, server, onPolicy, onError, everyMs = 1000, detectors }: PolicyWatch): () => void {
  let timer: NodeJS.Timeout | undefined;
  let seen = stampOf(undefined);
  let stopped = false;

  async function look(isFirst: boolean): Promise<void> {
    const found = isFirst ? findConfig(home) : await settled(home, seen);
    if (found === "unsettled" || stampOf(found) === seen) return;
    seen = stampOf(found);
    const loaded =
      found === undefined ? { policy: defaultPolicy, warnings: [] } : await load(found.path, server, detectors);
    if (!stopped) onPolicy(loaded.policy, loaded.warnings);
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
async function settled(home: string, seen: string): Promise<FoundConfig | "unsettled" | undefined> {
  let before = seen;
  for (let round = 0; round < settleRounds; round++) {
    const found = findConfig(home);
    if (stampOf(found) === before) return found;
    before = stampOf(found);
    await sleep(settleMs, undefined, { ref: false });
  }
  return "unsettled";
}

async function load(
  path: string,
  server: string,
  detectors: readonly string[] | undefined,
): Promise<{ policy: Policy; warnings: readonly string[] }> {
  const { loadPolicy } = await import("./load.ts");
  const { policyFor, warnings } = loadPolicy(path, undefined, detectors);
  return { policy: policyFor(server), warnings };
}

function stampOf(found: FoundConfig | undefined): string {
  return JSON.stringify(found ?? null);
}

function asGuardError(error: unknown): GuardError {
  if (error instanceof GuardError) return error;
  return new GuardError("CONFIG_INVALID", "The configuration could not be loaded", "Run mcpguard doctor.", error);
}
