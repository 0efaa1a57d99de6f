import type { Finding } from "../../core/finding.ts";
import type { Passage } from "../../core/passage.ts";
import type { Span } from "../../text/mapped.ts";
import { masked } from "../../text/mask.ts";

/** What is wrong with an address; `hard` where there is no honest use for it. */
export type Objection = Pick<Finding, "rule" | "severity" | "confidence" | "because">;

export function objectionTo({ at, text, isKey }: Passage, objection: Objection, span?: Span): Finding {
  return {
    detector: "dangerous-url",
    ...objection,
    at,
    isKey,
    ...(span === undefined ? {} : { span }),
    evidence: masked(span === undefined ? text : text.slice(span.start, span.end)),
    fix: "Do not open the address; if it is meant, suppress the rule for this server.",
  };
}

/** The last step of a JSON pointer that is no index: the name of the member the text belongs to. */
export function memberName(pointer: string): string {
  return pointer.split("/").findLast((step) => !/^\d+$/.test(step)) ?? "";
}
