export const presets = ["monitor", "balanced", "strict"] as const;
export type Preset = (typeof presets)[number];

/** What a person may set for a detector, a rule (`detector/rule`) or a tool. */
export const settings = ["off", "log", "redact", "hold", "block"] as const;
export type Setting = (typeof settings)[number];

export type RateLimit = { method: string; limit: number; windowMs: number };

/** Findings of `rule` on `server` and `tool` are dropped; absent parts match everything. */
export type Suppression = { rule: string; server?: string | undefined; tool?: string | undefined };

/** The rules that hold for one server, with presets and per-server overrides already folded in. */
export type Policy = {
  preset: Preset;
  /** Exact tool names or globs, or `method:` and a method pattern. An empty allow list allows all. */
  allow: readonly string[];
  deny: readonly string[];
  /** The first entry whose method pattern matches holds; `*` counts each method apart. */
  rateLimits: readonly RateLimit[];
  /** Detector ids and `detector/rule` names. */
  detectors: Readonly<Record<string, Setting>>;
  /** Tool name patterns, each with settings as above. */
  tools: Readonly<Record<string, Readonly<Record<string, Setting>>>>;
  suppressions: readonly Suppression[];
  /** Undefined leaves the choice to the preset. */
  blockOnInjection: boolean | undefined;
  blockOnPoisoning: boolean | undefined;
  blockOnResourceScan: boolean;
  blockOnPromptScan: boolean;
  onGuardError: "open" | "closed";
  logMessages: boolean;
  /** Days that log files are kept; 0 keeps them for ever. */
  retentionDays: number;
  /** Bytes; longer messages are scanned in windows while they are forwarded. */
  maxInspectSize: number;
  /** Seconds that a held message waits for a person before it is blocked. */
  holdTimeout: number;
};

export const defaultPolicy: Policy = {
  preset: "balanced",
  allow: [],
  deny: [],
  rateLimits: [],
  detectors: {},
  tools: {},
  suppressions: [],
  blockOnInjection: undefined,
  blockOnPoisoning: undefined,
  blockOnResourceScan: false,
  blockOnPromptScan: false,
  onGuardError: "open",
  logMessages: true,
  retentionDays: 30,
  maxInspectSize: 64 * 1024 * 1024,
  holdTimeout: 50,
};
