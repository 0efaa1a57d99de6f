import type { Finding } from "../core/finding.ts";
import type { Definition } from "../core/memory.ts";
import { actions, type Verdict } from "../core/verdict.ts";
import { definitionsOf } from "../protocols/definitions.ts";
import { adapt } from "./adapt.ts";
import { enforce } from "./enforce.ts";
import { foldFindings } from "./fold.ts";
import type { Arrival, Guard } from "./guard.ts";
import type { Objection, Outcome, RecordedEvent } from "./outcome.ts";
import { definitionsAt, pinKey } from "./pins.ts";
import type { Read } from "./read-message.ts";
import { failureEvent, findingEvents, messageEvent, type Context } from "./record.ts";
import { step, type Failure } from "./step.ts";

/** A detector that failed this often is left out for the rest of the session. */
const FAILURES_ALLOWED = 3;

/** From the readings of one message to what is done about it. The first reading is the one receivers share. */
export function conclude(guard: Guard, arrival: Arrival, readings: readonly Read[]): Outcome {
  const [first] = readings as readonly [Read];
  const { message } = first;
  const { memory, policy } = guard;
  const definitions = definitionsOf(message);
  const failures: Failure[] = [];
  const verdicts: Verdict[] = [];
  for (const reading of readings) {
    const here = reading === first ? definitions : definitionsOf(reading.message);
    const taken = step({ ...arrival, ...reading, session: guard.session, memory, policy, detectors: guard.options.detectors, definitions: here, clock: guard.options.clock });
    failures.push(...taken.failures);
    verdicts.push(adapt(reading.message, taken.verdict));
  }
  const verdict = combined(verdicts);
  const context: Context = { direction: arrival.direction, message, nameAt: (at) => definitionsAt(definitions, at)[0]?.name };
  const events: RecordedEvent[] = findingEvents(verdict, context).map((draft) => ({ id: guard.options.newEventId(), draft }));
  for (const failure of failures) {
    noteFailure(guard, failure);
    events.push({ id: guard.options.newEventId(), draft: failureEvent(failure, context, verdict.action) });
  }
  const objections = objectionsTo(guard, definitions, verdict);
  nameObjections(events, objections);
  const enforced = enforce({ guard, arrival, message, verdict, objections, eventId: events[0]?.id ?? guard.options.newEventId() });
  foldFindings(memory, message, verdict.findings, arrival.now);
  if (enforced.forward !== undefined && message.answers !== undefined && policy.logMessages && verdict.action === "allow") {
    const { startedAt } = message.answers;
    const latency = startedAt === undefined || arrival.now === undefined ? undefined : arrival.now - startedAt;
    events.push({ id: guard.options.newEventId(), draft: messageEvent(message, arrival.direction, latency) });
  }
  return { verdict, events, objections, pins: newPins(guard, definitions, objections), ...enforced };
}

function combined(verdicts: readonly Verdict[]): Verdict {
  const [first, ...others] = verdicts as readonly [Verdict, ...Verdict[]];
  const seen = new Set(first.findings.map(({ finding }) => identity(finding)));
  let whole = first;
  for (const other of others) {
    const additional = other.findings.filter(({ finding }) => !seen.has(identity(finding)));
    const stricter = actions.indexOf(other.action) > actions.indexOf(whole.action) ? other : whole;
    whole = { action: stricter.action, because: stricter.because, findings: [...whole.findings, ...additional] };
  }
  return whole;
}

function identity({ detector, rule, at }: Finding): string {
  return `${detector}/${rule} ${at}`;
}

function noteFailure({ memory }: Guard, { detector }: Failure): void {
  const key = `failure:${detector}`;
  const count = (memory.oddities.get(key) ?? 0) + 1;
  memory.oddities.set(key, count);
  if (count >= FAILURES_ALLOWED) memory.disabled.add(detector);
}

/** The definitions a client will not see as they are, each with the findings against it. */
function objectionsTo(guard: Guard, definitions: readonly (Definition & { at: string })[], verdict: Verdict): Objection[] {
  const objections: Objection[] = [];
  const { memory } = guard;
  for (const definition of definitions) {
    const acting = verdict.findings.filter(({ finding, action }) => action !== "allow" && definitionsAt([definition], finding.at).length > 0);
    const findings = acting.map(({ finding }) => finding).filter(({ detector }) => detector !== "access");
    if (findings.length === 0) continue;
    const before = memory.baseline.pinned.get(pinKey(definition));
    const isChanged = findings.some(({ detector }) => detector === "rug-pull");
    objections.push({ definition, before, reason: isChanged ? "changed" : "poisoned", findings, pendingId: guard.options.pendingId(definition) });
  }
  return objections;
}

function nameObjections(events: readonly RecordedEvent[], objections: readonly Objection[]): void {
  for (const { draft } of events) {
    const at = draft.details["at"];
    const objection = objections.find(({ definition }) => typeof at === "string" && definitionsAt([definition as never], at).length > 0);
    if (objection !== undefined && draft.blocked) draft.details["pending"] = objection.pendingId;
  }
}

function newPins({ memory }: Guard, definitions: readonly Definition[], objections: readonly Objection[]): Definition[] {
  const pins: Definition[] = [];
  for (const { kind, name, form } of definitions) {
    const key = pinKey({ kind, name, form });
    if (memory.baseline.pinned.has(key) || objections.some(({ definition }) => definition.form === form && definition.name === name)) continue;
    memory.baseline.pinned.set(key, form);
    pins.push({ kind, name, form });
  }
  return pins;
}
