import { defaultPolicy, type Policy, type RateLimit } from "../core/policy.ts";
import { matchesGlob } from "./glob.ts";
import type { Config, Overlay } from "./schema.ts";

/** Keys whose values add up from layer to layer. */
type Sums = Pick<Policy, "deny" | "detectors" | "tools" | "suppressions"> & {
  rate_limits: NonNullable<Overlay["rate_limits"]>;
};
type Layer = Omit<Overlay, keyof Sums> & Sums;

const bottom: Layer = { deny: [], detectors: {}, tools: {}, suppressions: [], rate_limits: [] };

/** What holds where the file says nothing, and what goes before all that it says. */
export type Layers = { below?: Overlay; above?: Overlay };

/** The rules for one server: the file's, with every matching entry of `servers` laid over them in order. */
export function resolve(config: Config, server: string, { below = {}, above = {} }: Layers = {}): Policy {
  const matching = Object.entries(config.servers ?? {}).filter(([pattern]) => matchesGlob(pattern, server));
  const overlays = matching.map(([, overlay]) => overlay);
  return toPolicy([below, config, ...overlays, above].reduce(layOver, bottom));
}

/** A layer's values replace those below; its lists of what to refuse or drop are added, its maps merged. */
function layOver(below: Layer, above: Overlay): Layer {
  return {
    ...below,
    ...above,
    deny: [...below.deny, ...(above.deny ?? [])],
    rate_limits: [...(above.rate_limits ?? []), ...below.rate_limits],
    detectors: { ...below.detectors, ...above.detectors },
    tools: mergeTools(below.tools, above.tools ?? {}),
    suppressions: [...below.suppressions, ...(above.suppressions ?? [])],
  };
}

/** The overlay's patterns come first, because the first that has a word on a finding holds. */
function mergeTools(below: Policy["tools"], above: Policy["tools"]): Policy["tools"] {
  const merged: Record<string, Policy["tools"][string]> = { ...above };
  for (const [pattern, map] of Object.entries(below)) merged[pattern] = { ...map, ...above[pattern] };
  return merged;
}

function toPolicy(config: Layer): Policy {
  const preset = config.preset ?? defaultPolicy.preset;
  return {
    preset,
    allow: config.allow ?? defaultPolicy.allow,
    deny: config.deny,
    rateLimits: rateLimitsOf(config),
    detectors: config.detectors,
    tools: config.tools,
    suppressions: config.suppressions,
    blockOnInjection: config.block_on_injection,
    blockOnPoisoning: config.block_on_poisoning,
    blockOnResourceScan: config.block_on_resource_scan ?? defaultPolicy.blockOnResourceScan,
    blockOnPromptScan: config.block_on_prompt_scan ?? defaultPolicy.blockOnPromptScan,
    onGuardError: config.on_guard_error ?? (preset === "strict" ? "closed" : defaultPolicy.onGuardError),
    logMessages: config.log_messages ?? defaultPolicy.logMessages,
    retentionDays: config.retention_days ?? defaultPolicy.retentionDays,
    maxInspectSize: config.max_inspect_size ?? defaultPolicy.maxInspectSize,
    holdTimeout: config.hold_timeout ?? defaultPolicy.holdTimeout,
  };
}

const defaultWindow = 60;

function rateLimitsOf(config: Layer): RateLimit[] {
  const window = config.rate_window ?? defaultWindow;
  const limits = [...config.rate_limits];
  if (config.rate_limit !== undefined) limits.push({ method: "*", limit: config.rate_limit });
  return limits.map((entry) => ({
    method: entry.method,
    limit: entry.limit,
    windowMs: (entry.window ?? window) * 1000,
  }));
}
