import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { placeIn } from "../../src/state/home.ts";
import { addPending, completeId, listPending, pendingId, readPending, removePending } from "../../src/state/pending.ts";
import { pendingItem } from "./pending-item.ts";
import { temporaryHome } from "./temporary-home.ts";

test("the id depends on the exact thing and on nothing else", () => {
  const item = pendingItem();
  expect(item.id).toMatch(/^[0-9a-f]{10}$/);
  const elsewhere = { ...item, session: "s2", since: "later" };
  expect(pendingId(elsewhere)).toBe(item.id);
  for (const change of [{ after: "x" }, { name: "x" }, { kind: "prompt" as const }, { pinSet: "x" }]) {
    expect(pendingId({ ...item, ...change })).not.toBe(item.id);
  }
});

test("the same change seen twice waits once, as first seen", () => {
  const home = temporaryHome();
  addPending(home, pendingItem({ session: "first" }));
  addPending(home, pendingItem({ session: "second" }));
  expect(listPending(home)).toEqual([pendingItem({ session: "first" })]);
});

test("what waits longest comes first; a removed item is gone", () => {
  const home = temporaryHome();
  const late = pendingItem({ name: "late", since: "2026-11-22T11:00:00.000Z" });
  const early = pendingItem({ name: "early" });
  addPending(home, late);
  addPending(home, early);
  expect(listPending(home)).toEqual([early, late]);
  removePending(home, early.id);
  removePending(home, early.id);
  expect(listPending(home)).toEqual([late]);
  expect(readPending(home, late.id)).toEqual(late);
});

test("nothing waits where nothing was ever written", () => expect(listPending(temporaryHome())).toEqual([]));

test("an id is never a path", () => {
  const home = temporaryHome();
  mkdirSync(placeIn(home, "pending"), { recursive: true });
  writeFileSync(join(home, "state", "other.json"), "{}");
  expect(readPending(home, "../other")).toBeUndefined();
  expect(readdirSync(join(home, "state"))).toContain("other.json");
});

test("a damaged item is set aside and the others still show", () => {
  const home = temporaryHome();
  const item = pendingItem();
  addPending(home, item);
  writeFileSync(join(placeIn(home, "pending"), "abc.json"), '{"id":"abc"');
  expect(listPending(home)).toEqual([item]);
});

test("an id may be shortened while it stays clear which is meant", () => {
  const home = temporaryHome();
  const items = Array.from({ length: 17 }, (_, n) => pendingItem({ name: `tool ${n}` }));
  for (const item of items) addPending(home, item);
  const first = items[0]?.id ?? "";
  expect(completeId(home, first.slice(0, 6))).toBe(first);
  const shared = items.find(({ id }) => items.filter((item) => item.id[0] === id[0]).length > 1)?.id[0] ?? "";
  expect(() => completeId(home, shared)).toThrow(expect.objectContaining({ code: "AMBIGUOUS_ID" }));
  expect(completeId(home, "")).toBe("");
  expect(completeId(home, "zz")).toBe("zz");
});

test("a server that never stops changing keeps at most a thousand items waiting", { timeout: 60_000 }, () => {
  const home = temporaryHome();
  for (let n = 0; n < 1005; n++) {
    addPending(home, pendingItem({ after: String(n), since: new Date(n * 1000).toISOString() }));
  }
  const waiting = listPending(home);
  expect(waiting).toHaveLength(1000);
  expect(waiting.at(-1)?.after).toBe("1004");
});
