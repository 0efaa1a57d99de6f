import type { Located } from "../core/detector.ts";
import type { Definition } from "../core/memory.ts";
import type { Message } from "../core/message.ts";
import type { Judged, Verdict } from "../core/verdict.ts";
import { definitionsOf } from "../protocols/definitions.ts";
import { adapt } from "./adapt.ts";
import { cardStandIn } from "./card-stand-in.ts";
import { carriedWindows } from "./carried.ts";
import { combined } from "./combined.ts";
import { enforce } from "./enforce.ts";
import { cancelledId, foldFindings } from "./fold.ts";
import type { Arrival, Guard } from "./guard.ts";
import type { Objection, Outcome, RecordedEvent } from "./outcome.ts";
import { definitionAt, pinKey, recallPins } from "./pins.ts";
import type { Read, Readings } from "./read-message.ts";
import { failureEvent, findingEvents, messageEvent, type Context } from "./record.ts";
import { isCall, step, type Failure } from "./step.ts";

/** A detector that failed this often is left out for the rest of the session. */
const FAILURES_ALLOWED = 3;

/** From the readings of one message to what is done about it. The first reading is the one receivers share. */
export function conclude(guard: Guard, arrival: Arrival, readings: Readings): Outcome {
  const [{ message }] = readings;
  const isFirstAnswer = message.answers !== undefined && message.answers.begun !== true;
  const judgements = readings.map((reading) => judge(guard, arrival, reading, message.method));
  const verdict = combined(judgements);
  const failures = judgements.flatMap((each) => each.failures);
  const definitions = judgements.flatMap((each) => each.definitions);
  const isQuiet = verdict.findings.length === 0 && failures.length === 0 && message.oddities.length === 0;
  const objections = isQuiet ? [] : judgements.flatMap((each) => objectionsTo(guard, each));
  const events = isQuiet ? [] : eventsOf(guard, arrival, message, { verdict, failures, definitions, objections });
  const enforced = enforce({ guard, arrival, message, verdict, objections, eventId: events[0]?.id ?? "" });
  if (!isQuiet) foldFindings(guard.memory, message, verdict.findings, arrival.now);
  if (isFirstAnswer && verdict.action === "allow" && guard.policy.logMessages) {
    events.push({
      id: guard.options.newEventId(),
      draft: messageEvent(message, arrival.direction, latencyOf(message, arrival)),
    });
  }
  const pins = definitions.length === 0 ? [] : newPins(guard, definitions, objections);
  return { verdict, events, objections, pins, ...enforced, ...whatItSays(message, arrival) };
}

/** What the adapter must know of the message itself. */
function whatItSays(message: Message, { direction }: Arrival): Pick<Outcome, "cancels" | "request"> {
  const id = cancelledId(message);
  if (id !== undefined) return { cancels: { direction, id } };
  const { kind, method } = message;
  if (kind !== "request" || method === undefined) return {};
  return { request: { method, tool: isCall(message) ? message.target : undefined } };
}

/** What one way of reading a message leads to. */
type Judgement = {
  verdict: Verdict;
  failures: readonly Failure[];
  definitions: readonly Located<Definition>[];
};

function judge(guard: Guard, arrival: Arrival, read: Read, sharedMethod: string | undefined): Judgement {
  const { message, passages } = read;
  const definitions = definitionsOf(message);
  recallPins(guard, definitions);
  const { memory, policy, session, options } = guard;
  const { direction, now } = arrival;
  const carried = session.protocol === "a2a" ? carriedWindows(memory, message) : [];
  // Of a text in pieces no piece may hold the word that opens the gate.
  const textMatters = arrival.textMatters || carried.length > 0;
  const { verdict, failures } = step({
    session,
    memory,
    policy,
    detectors: options.detectors,
    direction,
    message,
    passages,
    carried,
    definitions,
    now,
    textMatters,
    clock: options.clock,
  });
  const canBeMended = read.isForeign !== true && message.method === sharedMethod;
  const adapted = canBeMended
    ? adapt(message, verdict, cardStandIn(memory.baseline, message) !== undefined)
    : blockedWhole(verdict);
  const isClosed = failures.length > 0 && policy.onGuardError === "closed";
  return { verdict: isClosed ? closed(adapted) : adapted, failures, definitions };
}

function closed(verdict: Verdict): Verdict {
  return { ...verdict, action: "block", because: "A detector failed, and on_guard_error is closed." };
}

/** What one reader takes for another kind of message cannot be mended in place. */
function blockedWhole(verdict: Verdict): Verdict {
  if (verdict.action === "allow") return verdict;
  const findings = verdict.findings.map((each): Judged =>
    each.action === "allow" ? each : { ...each, action: "block" },
  );
  return { ...verdict, findings, action: "block" };
}

type Result = Judgement & { objections: readonly Objection[] };

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

/** All that any reading led to. */
function noteFailure({ memory }: Guard, { detector }: Failure): void {
  const key = `failure:${detector}`;
  const count = (memory.oddities.get(key) ?? 0) + 1;
  memory.oddities.set(key, count);
  if (count >= FAILURES_ALLOWED) memory.disabled.add(detector);
}

/** The definitions a client will not see as they are, each with the findings against it. */
function objectionsTo({ memory, options }: Guard, { definitions, verdict }: Judgement): Objection[] {
  const against = new Map<Located<Definition>, Judged[]>();
  for (const judged of verdict.findings) {
    const { finding, action } = judged;
    const definition = definitionAt(definitions, finding.at);
    if (definition === undefined || action === "allow" || finding.detector === "access") continue;
    const others = against.get(definition);
    if (others === undefined) against.set(definition, [judged]);
    else others.push(judged);
  }
  return [...against].map(([definition, judged]) => {
    const findings = judged.map(({ finding }) => finding);
    return {
      definition,
      before: memory.baseline.pinned.get(pinKey(definition)),
      reason: findings.some(({ detector }) => detector === "rug-pull") ? "changed" : "poisoned",
      isHidden: judged.some(({ finding, action }) => action !== "redact" || finding.span === undefined),
      findings,
      pendingId: options.pendingId(definition),
    };
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
  const hidden = objections.filter(({ isHidden }) => isHidden);
  const objectionable = new Set(hidden.map(({ definition }) => definition.name + definition.form));
  for (const { kind, name, form } of definitions) {
    const key = pinKey({ kind, name, form });
    if (memory.baseline.pinned.has(key) || objectionable.has(name + form)) continue;
    memory.baseline.pinned.set(key, form);
    pins.push({ kind, name, form });
  }
  return pins;
}
