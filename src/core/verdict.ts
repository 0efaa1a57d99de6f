import type { Finding } from "./finding.ts";

/** From mildest to strictest. `hide` removes an item from a list, `hold` waits for a person. */
export const actions = ["allow", "redact", "hide", "hold", "block"] as const;
export type Action = (typeof actions)[number];

export type Verdict = {
  action: Action;
  findings: readonly Judged[];
  /** Why the action was chosen, for the reply and the log; empty for `allow`. */
  because: string;
};

/** A finding and what the policy does about it. */
export type Judged = { finding: Finding; action: Action };
