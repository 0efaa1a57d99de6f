import type { Detector, Located } from "../core/detector.ts";
import type { Finding } from "../core/finding.ts";
import type { Definition, Memory } from "../core/memory.ts";
import type { Direction, Message } from "../core/message.ts";
import type { Passage } from "../core/passage.ts";
import type { Policy } from "../core/policy.ts";
import type { Session } from "../core/session.ts";
import type { Judged, Verdict } from "../core/verdict.ts";
import { decide } from "../policy/decide.ts";
import { accessFindings } from "./access.ts";
import { bitesOf } from "./bites.ts";
import type { Carried } from "./carried.ts";
import { Inspection } from "./inspection.ts";
import { definitionAt, isApproved } from "./pins.ts";

/** Everything a verdict depends on. */
export type Situation = {
  session: Session;
  memory: Memory;
  policy: Policy;
  detectors: readonly Detector[];
  direction: Direction;
  message: Message;
  passages: Iterable<Passage>;
  /** Texts that go on where an earlier message stopped, with what that one said. */
  carried: readonly (readonly Carried[])[];
  definitions: readonly Located<Definition>[];
  now: number | undefined;
  /** False where no text of the message can concern a detector that has anchors. */
  textMatters: boolean;
  /** Milliseconds of any origin; undefined where no time is measured. */
  clock: (() => number) | undefined;
};

const quiet: Step = { verdict: { action: "allow", findings: [], because: "" }, failures: [] };

export type Step = { verdict: Verdict; failures: Failure[] };

/** A detector that threw, or took longer than it may. */
export type Failure = { detector: string; what: string };

/** Detectors find, the policy decides. Changes nothing. */
export function step(situation: Situation): Step {
  const { policy, session, message, memory } = situation;
  const failures: Failure[] = [];
  const findings: Finding[] = [...accessFindings(situation), ...inspectAll(situation, failures)];
  if (findings.length === 0 && failures.length === 0) return quiet;
  const verdict = decide(policy, findings, {
    server: session.server,
    toolAt: (at) => (isCall(message) ? message.target : definitionAt(situation.definitions, at)?.name),
  });
  return { verdict: pardonApproved(verdict, situation.definitions, memory), failures };
}

/** First the detectors that look at the message as a whole, then the readers of its texts, bite by bite. */
function inspectAll(situation: Situation, failures: Failure[]): Finding[] {
  const inspections: Inspection[] = [];
  const readers: Inspection[] = [];
  const findings: Finding[] = [];
  for (const detector of situation.detectors) {
    if (!isConcerned(detector, situation)) continue;
    const inspection = new Inspection(detector, situation);
    inspections.push(inspection);
    if (detector.meta.roles.length > 0) readers.push(inspection);
    else findings.push(...inspection.look([]));
  }
  if (readers.length > 0) {
    for (const bite of bitesOf(situation.passages)) {
      for (const reader of readers) findings.push(...reader.look(bite));
    }
    for (const bite of situation.carried) {
      for (const reader of readers) findings.push(...reader.lookBack(bite));
    }
  }
  for (const inspection of inspections) {
    const failure = inspection.failure();
    if (failure !== undefined) failures.push(failure);
  }
  return findings;
}

function isConcerned({ meta }: Detector, { direction, textMatters, memory, policy }: Situation): boolean {
  if (!meta.directions.includes(direction)) return false;
  if (memory.disabled.has(meta.id) && policy.onGuardError === "open") return false;
  return textMatters || !("anchors" in meta);
}

/** Results of tools come directly, or later as those of a task. */
export function isCall({ method }: Message): boolean {
  return method === "tools/call" || method === "tasks/get" || method === "tasks/result";
}

/** What a person approved in exactly this form is no longer objected to, only reported. */
function pardonApproved(verdict: Verdict, definitions: readonly Located<Definition>[], memory: Memory): Verdict {
  if (verdict.action === "allow" || definitions.length === 0) return verdict;
  const judged: Judged[] = verdict.findings.map((each) => {
    const here = definitionAt(definitions, each.finding.at);
    const isPardoned = here !== undefined && each.finding.detector !== "access" && isApproved(memory.baseline, here);
    return isPardoned ? { ...each, action: "allow" } : each;
  });
  const strongest =
    judged.find(({ action }) => action === verdict.action) ?? judged.find(({ action }) => action !== "allow");
  return { findings: judged, action: strongest?.action ?? "allow", because: strongest?.finding.because ?? "" };
}
