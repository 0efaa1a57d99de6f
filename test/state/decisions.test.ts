import { expect, test } from "vitest";
import { decisionFile } from "../../src/state/decision-file.ts";
import { decide, readDecisions } from "../../src/state/decisions.ts";
import { createJsonFile } from "../../src/state/json-file.ts";
import { addPending, listPending, readPending } from "../../src/state/pending.ts";
import { readPins } from "../../src/state/pins.ts";
import { pendingItem } from "./pending-item.ts";
import { runWorker } from "./run-worker.ts";
import { temporaryHome } from "./temporary-home.ts";

const now = Date.UTC(2026, 10, 22, 12);
const at = "2026-11-22T12:00:00.000Z";

test("an approval makes the new form the pinned one and ends the wait", () => {
  const home = temporaryHome();
  const item = pendingItem();
  addPending(home, item);
  expect(decide(home, item.id, "approve", now)).toEqual({ id: item.id, decision: "approve", at, item });
  expect(readPins(home, item.pinSet)).toEqual(new Map([["tool:add", item.after]]));
  expect(listPending(home)).toEqual([]);
  expect(readDecisions(home, item.pinSet)).toEqual([{ id: item.id, decision: "approve", at, item }]);
  expect(readDecisions(home, "other")).toEqual([]);
});

test("a denial and the approval of a call leave the pins alone", () => {
  const home = temporaryHome();
  const [changed, call] = [pendingItem(), pendingItem({ kind: "call", reason: "held" })];
  for (const item of [changed, call]) addPending(home, item);
  decide(home, changed.id, "deny", now);
  decide(home, call.id, "approve", now);
  expect(readPins(home, changed.pinSet)).toEqual(new Map());
});

test("what is decided does not come back when another shim sees it", () => {
  const home = temporaryHome();
  const item = pendingItem();
  addPending(home, item);
  decide(home, item.id, "deny", now);
  addPending(home, item);
  expect(readPending(home, item.id)).toBeUndefined();
});

test("the second decision is refused and told who was first", () => {
  const home = temporaryHome();
  const item = pendingItem();
  addPending(home, item);
  decide(home, item.id, "deny", now);
  expect(() => decide(home, item.id, "approve", now + 1)).toThrow(`${item.id} was denied at ${at}`);
  expect(() => decide(home, "nosuch", "approve", now)).toThrow(expect.objectContaining({ code: "UNKNOWN_ID" }));
});

test("after a crash between the claim and the rest the decision holds, and the next attempt finishes it", () => {
  const home = temporaryHome();
  const item = pendingItem();
  addPending(home, item);
  createJsonFile(decisionFile(home, item.pinSet, item.id), { id: item.id, decision: "approve", at, item });
  expect(listPending(home)).toEqual([]);
  expect(() => decide(home, item.id, "deny", now)).toThrow(/was approved/);
  expect(readPins(home, item.pinSet)).toEqual(new Map([["tool:add", item.after]]));
  expect(readPending(home, item.id)).toBeUndefined();
});

test("of four people who decide at the same moment exactly one wins", async () => {
  const home = temporaryHome();
  const item = pendingItem();
  addPending(home, item);
  const start = String(Date.now() + 1500);
  const verdicts = ["approve", "deny", "approve", "deny"];
  const results = await Promise.all(verdicts.map((verdict) => runWorker("decide", home, item.id, verdict, start)));
  expect(results.toSorted()).toEqual(["ALREADY_DECIDED", "ALREADY_DECIDED", "ALREADY_DECIDED", "won"]);
  const winner = verdicts[results.indexOf("won")];
  expect(readDecisions(home, item.pinSet).map(({ decision }) => decision)).toEqual([winner]);
  expect(readPins(home, item.pinSet).size).toBe(winner === "approve" ? 1 : 0);
});
