import { chmodSync } from "node:fs";
import { expect, onTestFinished, test, vi } from "vitest";
import { decide } from "../../src/state/decisions.ts";
import { followDecisions } from "../../src/state/follow-decisions.ts";
import { placeIn } from "../../src/state/home.ts";
import { addPending } from "../../src/state/pending.ts";
import { pendingItem } from "./pending-item.ts";
import { temporaryHome } from "./temporary-home.ts";

function follow(home: string, known: string[] = []) {
  const seen: string[] = [];
  const stop = followDecisions(home, "0123abcd", ({ id, decision }) => seen.push(`${decision} ${id}`), 20, known);
  onTestFinished(stop);
  return { seen, stop };
}

test("a running shim learns of each decision once, within its rhythm, and of no other server's", async () => {
  const home = temporaryHome();
  const [one, two, foreign] = [pendingItem(), pendingItem({ name: "two" }), pendingItem({ pinSet: "ffff" })];
  for (const item of [one, two, foreign]) addPending(home, item);
  const { seen, stop } = follow(home);
  decide(home, foreign.id, "approve", Date.now());
  decide(home, one.id, "approve", Date.now());
  await vi.waitFor(() => expect(seen).toEqual([`approve ${one.id}`]));
  decide(home, two.id, "deny", Date.now());
  await vi.waitFor(() => expect(seen).toEqual([`approve ${one.id}`, `deny ${two.id}`]));
  stop();
});

test("decisions made before are told at once, except the known ones", () => {
  const home = temporaryHome();
  const [one, two] = [pendingItem(), pendingItem({ name: "two" })];
  for (const item of [one, two]) {
    addPending(home, item);
    decide(home, item.id, "approve", Date.now());
  }
  expect(follow(home, [one.id]).seen).toEqual([`approve ${two.id}`]);
});

test("a folder that cannot be read disturbs nobody", async () => {
  const home = temporaryHome();
  const item = pendingItem();
  addPending(home, item);
  decide(home, item.id, "approve", Date.now());
  chmodSync(placeIn(home, "decisions"), 0);
  const { seen } = follow(home);
  chmodSync(placeIn(home, "decisions"), 0o700);
  await vi.waitFor(() => expect(seen).toEqual([`approve ${item.id}`]));
});
