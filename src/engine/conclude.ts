import type { Located } from "../core/detector.ts";
import type { Finding } from "../core/finding.ts";
import type { Definition } from "../core/memory.ts";
import type { Message } from "../core/message.ts";
import { actions, type Judged, type Verdict } from "../core/verdict.ts";
import { definitionsOf } from "../protocols/definitions.ts";
import { adapt } from "./adapt.ts";
import { enforce } from "./enforce.ts";
import { cancelledId, foldFindings } from "./fold.ts";
import type { Arrival, Guard } from "./guard.ts";
import type { Objection, Outcome, RecordedEvent } from "./outcome.ts";
import { definitionAt, pinKey } from "./pins.ts";
import type { Read } from "./read-message.ts";
import { failureEvent, findingEvents, messageEvent, type Context } from "./record.ts";
import { step, type Failure } from "./step.ts";

/** A detector that failed this often is left out for the rest of the session. */
const FAILURES_ALLOWED = 3;

/** From the readings of one message to what is done about it. The first reading is the one receivers share. */
export function conclude(guard: Guard, arrival: Arrival, readings: readonly Read[]): Outcome {
  const [{ message }] = readings as readonly [Read];
  const definitions = definitionsOf(message);
  const { verdict, failures } = judged(guard, arrival, readings, definitions);
  const isQuiet = verdict.findings.length === 0 && failures.length === 0 && message.oddities.length === 0;
  const objections = isQuiet ? [] : objectionsTo(guard, definitions, verdict);
  const events = isQuiet ? [] : eventsOf(guard, arrival, message, { verdict, failures, definitions, objections });
  const enforced = enforce({ guard, arrival, message, verdict, objections, eventId: events[0]?.id ?? "" });
  if (!isQuiet) foldFindings(guard.memory, message, verdict.findings, arrival.now);
  if (message.answers !== undefined && verdict.action === "allow" && guard.policy.logMessages) {
    events.push({
      id: guard.options.newEventId(),
      draft: messageEvent(message, arrival.direction, latencyOf(message, arrival)),
    });
  }
  const pins = definitions.length === 0 ? [] : newPins(guard, definitions, objections);
  const outcome: Outcome = {
    verdict,
    events,
    objections,
    pins,
    forward: enforced.forward,
    answers: enforced.answers,
    held: enforced.held,
  };
  const id = cancelledId(message);
  if (id !== undefined) outcome.cancels = { direction: arrival.direction, id };
  return outcome;
}

type Judgement = { verdict: Verdict; failures: Failure[] };

function judged(
  guard: Guard,
  arrival: Arrival,
  readings: readonly Read[],
  definitions: readonly Located<Definition>[],
): Judgement {
  const failures: Failure[] = [];
  const verdicts: Verdict[] = [];
  const { memory, policy, session, options } = guard;
  const { direction, now, textMatters } = arrival;
  for (const { message, passages } of readings) {
    const here = verdicts.length === 0 ? definitions : definitionsOf(message);
    const taken = step({
      session,
      memory,
      policy,
      detectors: options.detectors,
      direction,
      message,
      passages,
      definitions: here,
      now,
      textMatters,
      clock: options.clock,
    });
    failures.push(...taken.failures);
    const verdict = adapt(message, taken.verdict);
    verdicts.push(message.method === readings[0]?.message.method ? verdict : blockedWhole(verdict));
  }
  return { verdict: combined(verdicts), failures };
}

/** What one reader takes for another kind of message cannot be mended in place. */
function blockedWhole(verdict: Verdict): Verdict {
  if (verdict.action === "allow") return verdict;
  const findings = verdict.findings.map((each): Judged =>
    each.action === "allow" ? each : { ...each, action: "block" },
  );
  return { ...verdict, findings, action: "block" };
}

type Result = Judgement & { definitions: readonly Located<Definition>[]; objections: readonly Objection[] };

function eventsOf(
  guard: Guard,
  { direction }: Arrival,
  message: Message,
  { verdict, failures, definitions, objections }: Result,
): RecordedEvent[] {
  const context: Context = { direction, message, nameAt: (at) => definitionAt(definitions, at)?.name };
  const events = findingEvents(verdict, context).map((draft) => ({ id: guard.options.newEventId(), draft }));
  nameObjections(events, definitions, objections);
  for (const failure of failures) {
    noteFailure(guard, failure);
    events.push({ id: guard.options.newEventId(), draft: failureEvent(failure, context, verdict.action) });
  }
  return events;
}

function latencyOf({ answers }: Message, { now }: Arrival): number | undefined {
  return answers?.startedAt === undefined || now === undefined ? undefined : now - answers.startedAt;
}

function combined(verdicts: readonly Verdict[]): Verdict {
  const [first, ...others] = verdicts as readonly [Verdict, ...Verdict[]];
  if (others.length === 0) return first;
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
function objectionsTo(guard: Guard, definitions: readonly Located<Definition>[], verdict: Verdict): Objection[] {
  const against = new Map<Located<Definition>, Finding[]>();
  for (const { finding, action } of verdict.findings) {
    const definition = definitionAt(definitions, finding.at);
    if (definition === undefined || action === "allow" || finding.detector === "access") continue;
    const findings = against.get(definition);
    if (findings === undefined) against.set(definition, [finding]);
    else findings.push(finding);
  }
  return [...against].map(([definition, findings]) => {
    const before = guard.memory.baseline.pinned.get(pinKey(definition));
    const isChanged = findings.some(({ detector }) => detector === "rug-pull");
    const reason = isChanged ? "changed" : "poisoned";
    return { definition, before, reason, findings, pendingId: guard.options.pendingId(definition) };
  });
}

function nameObjections(
  events: readonly RecordedEvent[],
  definitions: readonly Located<Definition>[],
  objections: readonly Objection[],
): void {
  for (const { draft } of events) {
    const { at } = draft.details;
    const definition = typeof at === "string" && draft.blocked ? definitionAt(definitions, at) : undefined;
    const objection = objections.find((each) => each.definition === definition);
    if (objection !== undefined) draft.details["pending"] = objection.pendingId;
  }
}

function newPins(
  { memory }: Guard,
  definitions: readonly Definition[],
  objections: readonly Objection[],
): Definition[] {
  const pins: Definition[] = [];
  const objectionable = new Set(objections.map(({ definition }) => definition.name + definition.form));
  for (const { kind, name, form } of definitions) {
    const key = pinKey({ kind, name, form });
    if (memory.baseline.pinned.has(key) || objectionable.has(name + form)) continue;
    memory.baseline.pinned.set(key, form);
    pins.push({ kind, name, form });
  }
  return pins;
}
