export const severities = ["info", "low", "medium", "high", "critical"] as const;
export type Severity = (typeof severities)[number];

/** `hard` findings are structural and may act alone; a `soft` one needs a second of another family beside it. */
export type Confidence = "hard" | "soft";

/**
 * What a text tries to do. Two soft findings act together only where these differ; one without
 * a family (a quote, a phrase far from the others) is only reported.
 */
export type Family =
  | "override"
  | "reveal"
  | "exfiltrate"
  | "conceal"
  | "new-role"
  | "precondition"
  | "shadowing"
  | "persistence"
  | "execution"
  | "authority"
  | "disguise";

export type Finding = {
  detector: string;
  rule: string;
  severity: Severity;
  confidence: Confidence;
  family?: Family;
  /** JSON pointer into the message, "" for the message as a whole. */
  at: string;
  /** The place in the passage's text, as UTF-16 offsets; what a redaction replaces. */
  span?: { start: number; end: number };
  /** True where the place is a member name. */
  isKey?: boolean;
  /** What stands in place of the span after a redaction. */
  placeholder?: string;
  /** Masked and at most 100 characters: it goes into the log. */
  evidence: string;
  /** One sentence for a person: what was found and why it matters. */
  because: string;
  /** One sentence: what the person can do next. */
  fix: string;
};
