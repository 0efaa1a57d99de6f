import type { EventDraft } from "../core/event.ts";
import type { JsonValue } from "../core/json.ts";
import { actions, type Judged } from "../core/verdict.ts";
import { removeItems } from "../protocols/json/remove-items.ts";
import { decode, spansOf } from "../protocols/json/spans.ts";
import { splice, type Splice } from "../protocols/json/splice.ts";
import type { Arrival, Guard } from "./guard.ts";
import { passed, type Outcome } from "./outcome.ts";

/** No revision needs more, and each member is judged on its own. */
const MAX_MEMBERS = 10_000;

/**
 * A batch: each member is judged on its own and only what is blocked or changed differs in the
 * bytes. SDK clients accept batches in every revision, so they are inspected in every revision.
 */
export function inspectBatch(guard: Guard, arrival: Arrival, values: readonly JsonValue[]): Outcome {
  const { bytes } = arrival;
  if (values.length > MAX_MEMBERS) return refusedWhole(guard, arrival, values.length);
  const whole = passed(bytes);
  const array = spansOf(bytes);
  const splices: Splice[] = [];
  const removed = new Set<number>();
  const findings: Judged[] = [];
  for (const [index, span] of (array.items ?? []).entries()) {
    const part = bytes.subarray(span.start, span.end);
    const outcome = guard.inspectValue({ ...arrival, bytes: part }, decode(part), values[index] ?? null, index === 0);
    if (outcome.forward === undefined) removed.add(index);
    else if (outcome.forward !== part)
      splices.push({ start: span.start, end: span.end, replacement: decode(outcome.forward) });
    whole.answers.push(...outcome.answers);
    whole.events.push(...outcome.events);
    whole.pins.push(...outcome.pins);
    whole.objections.push(...outcome.objections);
    whole.held.push(...outcome.held);
    const { action } = outcome.verdict;
    if (actions.indexOf(action) > actions.indexOf(whole.verdict.action)) whole.verdict = outcome.verdict;
    for (const { finding, action: own } of outcome.verdict.findings)
      findings.push({ finding: { ...finding, at: `/${index}${finding.at}` }, action: own });
  }
  return {
    ...whole,
    verdict: { ...whole.verdict, findings },
    forward: forwarded(
      bytes,
      splices,
      removeItems(array, removed),
      removed.size === values.length && values.length > 0,
    ),
  };
}

function refusedWhole(guard: Guard, { bytes, direction }: Arrival, members: number): Outcome {
  const because = `A batch of ${members} messages is more than mcpguard takes apart.`;
  const draft: EventDraft = {
    event_type: "guard_error",
    severity: "medium",
    message: because,
    blocked: true,
    details: { members, bytes: bytes.length },
    direction,
    method: null,
    tool: null,
    detector: "message-integrity",
    rule: "oversize",
    action: "block",
  };
  const events = [{ id: guard.options.newEventId(), draft }];
  return { ...passed(bytes), verdict: { action: "block", findings: [], because }, forward: undefined, events };
}

function forwarded(
  bytes: Uint8Array,
  changes: Splice[],
  removals: Splice[],
  nothingLeft: boolean,
): Uint8Array | undefined {
  if (nothingLeft) return undefined;
  const splices = [...changes, ...removals];
  return splices.length === 0 ? bytes : splice(bytes, splices);
}
