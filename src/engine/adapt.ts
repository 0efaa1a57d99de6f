import { actions, type Action, type Verdict } from "../core/verdict.ts";
import type { Finding } from "../core/finding.ts";
import type { Message } from "../core/message.ts";
import { classify } from "../protocols/a2a/classify.ts";
import { listMembers } from "../protocols/definitions.ts";

const answersThatMustArrive = new Set(["initialize", "server/discover"]);

/**
 * Fits a verdict to what can be done with this kind of message: of a list only items are hidden,
 * the answer that opens a session is cleaned rather than refused, and of an agent card the approved
 * form is served where there is one.
 */
export function adapt(message: Message, verdict: Verdict, hasStandIn = false): Verdict {
  if (isCard(message)) return adaptCard(message, verdict, hasStandIn);
  if (verdict.action === "allow" || message.kind !== "response") return withoutHiding(verdict);
  const member = Object.hasOwn(listMembers, message.method ?? "") ? listMembers[message.method ?? ""] : undefined;
  const isList = member !== undefined;
  if (!isList && !answersThatMustArrive.has(message.method ?? "")) return withoutHiding(verdict);
  return remapped(verdict, (action, at) => {
    if (action === "allow") return action;
    if (!canBeReplaced(at) || at === `/result/${member}`) return "block";
    if (action === "redact") return action;
    if (isList && itemPointer(message, at) !== undefined) return action === "hold" ? "hold" : "hide";
    return at === "/result/instructions" && action === "hold" ? "hold" : "redact";
  });
}

/** Skills that the lists leave out are hidden; whatever else acts is about the agent as a whole. */
function adaptCard(message: Message, verdict: Verdict, hasStandIn: boolean): Verdict {
  return remapped(verdict, (action, at, detector) => {
    if (action === "allow") return action;
    if (detector === "access" && itemPointer(message, at) !== undefined) return "hide";
    if (action === "redact" && canBeReplaced(at)) return action;
    if (hasStandIn) return "hold";
    return action === "hold" ? "hold" : "block";
  });
}

function isCard({ kind, method }: Message): boolean {
  return kind !== "request" && classify(method ?? "")?.kind === "card";
}

/** The pointer of the list item that `at` stands in. */
export function itemPointer(message: Message, at: string): string | undefined {
  const prefix = `/result/${listMembers[message.method ?? ""] ?? ""}/`;
  if (!at.startsWith(prefix)) return undefined;
  return prefix + (at.slice(prefix.length).split("/", 1)[0] ?? "");
}

/** Outside lists there is nothing to hide an item from. */
function withoutHiding(verdict: Verdict): Verdict {
  return remapped(verdict, (action, at) => {
    if (action === "redact") return canBeReplaced(at) ? action : "block";
    return action === "hide" ? "block" : action;
  });
}

/** A message without its id, its method or its result as a whole would be none. */
function canBeReplaced(at: string): boolean {
  return at.includes("/", 1);
}

function remapped(verdict: Verdict, change: (action: Action, at: string, detector: string) => Action): Verdict {
  let strictest: Action = "allow";
  const findings = verdict.findings.map((judged) => {
    const action = change(judged.action, judged.finding.at, judged.finding.detector);
    if (actions.indexOf(action) > actions.indexOf(strictest)) strictest = action;
    return action === judged.action ? judged : { action, finding: reaching(judged.finding, action) };
  });
  // A verdict without an acting finding comes from on_guard_error and stands.
  if (verdict.findings.every(({ action }) => action === "allow")) return verdict;
  return { ...verdict, findings, action: strictest };
}

/** What was to be refused is taken out whole: around the words that were found stands the rest of the attack. */
function reaching(finding: Finding, action: Action): Finding {
  if (action !== "redact" || finding.span === undefined) return finding;
  const { span: _, ...whole } = finding;
  return whole;
}
