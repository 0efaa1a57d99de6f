import { GuardError } from "../core/errors.ts";
import { isObject } from "../core/json.ts";
import type { Decision } from "../core/pending.ts";
import { decisionFile, decisionFolder } from "./decision-file.ts";
import { placeIn } from "./home.ts";
import { createJsonFile } from "./json-file.ts";
import { listIds, listNames, readJsonFile } from "./json-folder.ts";
import { isPendingItem, readPending, removePending } from "./pending.ts";
import { replacePin } from "./pins.ts";

/**
 * Decides about a pending item. The creation of the decision's file is the decision: of two people only one succeeds,
 * the other gets a GuardError `ALREADY_DECIDED`. After a crash at any later step the decision holds all the same,
 * and the next attempt at it finishes the rest. `now` is in milliseconds since 1970.
 */
export function decide(home: string, id: string, verdict: Decision["decision"], now: number): Decision {
  const item = readPending(home, id);
  if (item === undefined) throw notWaiting(home, id);
  const decision: Decision = { id, decision: verdict, at: new Date(now).toISOString(), item };
  const isFirst = createJsonFile(decisionFile(home, item.pinSet, id), decision);
  const standing = isFirst ? decision : readJsonFile(decisionFile(home, item.pinSet, id), isDecision);
  if (standing !== undefined) finish(home, standing);
  if (!isFirst) throw notWaiting(home, id);
  return decision;
}

/** The decisions about one server's definitions and calls, oldest first. */
export function readDecisions(home: string, pinSet: string): Decision[] {
  const ids = listIds(decisionFolder(home, pinSet));
  const decisions = ids.flatMap((id) => readJsonFile(decisionFile(home, pinSet, id), isDecision) ?? []);
  return decisions.sort((one, other) => one.at.localeCompare(other.at));
}

function finish(home: string, { id, decision, item }: Decision): void {
  if (decision === "approve" && item.kind !== "call") {
    replacePin(home, item.pinSet, { kind: item.kind, name: item.name, form: item.after });
  }
  removePending(home, id);
}

function notWaiting(home: string, id: string): GuardError {
  for (const pinSet of listNames(placeIn(home, "decisions"))) {
    const path = decisionFile(home, pinSet, id);
    const earlier = readJsonFile(path, isDecision);
    if (earlier === undefined) continue;
    const word = earlier.decision === "approve" ? "approved" : "denied";
    return new GuardError(
      "ALREADY_DECIDED",
      `${id} was ${word} at ${earlier.at}`,
      `To decide anew, delete ${path} and let the client reconnect.`,
    );
  }
  return new GuardError(
    "UNKNOWN_ID",
    `nothing with the id ${id} waits for a decision`,
    "Run mcpguard pending to see what waits.",
  );
}

function isDecision(value: unknown): value is Decision {
  return (
    isObject(value) &&
    typeof value["id"] === "string" &&
    typeof value["at"] === "string" &&
    isPendingItem(value["item"])
  );
}
