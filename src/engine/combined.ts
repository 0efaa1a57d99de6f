import { actions, type Judged, type Verdict } from "../core/verdict.ts";
import { allowed } from "./outcome.ts";

/** The verdict on a message from those on each way of reading it: the strictest, with the findings of all. */
export function combined([first, ...others]: readonly { verdict: Verdict }[]): Verdict {
  let whole = first?.verdict ?? allowed;
  const seen = new Set(others.length === 0 ? [] : whole.findings.map(identity));
  for (const { verdict } of others) {
    const additional = verdict.findings.filter((judged) => !seen.has(identity(judged)));
    for (const judged of additional) seen.add(identity(judged));
    const stricter = actions.indexOf(verdict.action) > actions.indexOf(whole.action) ? verdict : whole;
    whole = { action: stricter.action, because: stricter.because, findings: [...whole.findings, ...additional] };
  }
  return whole;
}

/** In another reading the same place may hold another text: only the very same finding is one. */
function identity({ finding, action }: Judged): string {
  const { detector, rule, at, span, isKey } = finding;
  return `${action} ${detector}/${rule} ${at} ${isKey === true} ${span?.start} ${span?.end}`;
}
