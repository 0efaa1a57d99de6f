import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { decisionEvent } from "../../src/audit/decision-event.ts";
import { verifyLog } from "../../src/audit/verify.ts";
import { pendingItem } from "../state/pending-item.ts";
import { event, linesOf, temporaryFolder, writeLog } from "./sample.ts";

const start = event({ event_type: "session_start", message: "started" });
const end = event({ event_type: "session_end", message: "ended" });
const calls = Array.from({ length: 6 }, (_, n) => event({ id: `call${n}` }));

/** The log of a whole session, then changed line by line. */
async function changed(change: (lines: string[]) => string[]): Promise<string> {
  const folder = temporaryFolder();
  writeLog(folder, start, ...calls, end);
  writeFileSync(
    join(folder, "2026-11-22.jsonl"),
    change(linesOf(folder))
      .map((line) => `${line}\n`)
      .join(""),
  );
  return folder;
}

test("an untouched log holds", async () => {
  const result = await verifyLog(await changed((lines) => lines));
  expect(result).toEqual({ lines: 8, malformed: 0, sessions: 1, problemCount: 0, problems: [], warnings: [] });
});

const tampering: [string, (lines: string[]) => string[], number][] = [
  ["an edited line", (lines) => lines.with(3, (lines[3] ?? "").replace("cursor", "cursed")), 5],
  ["an edited line that is no JSON any more", (lines) => lines.with(3, "x"), 5],
  ["a removed line", (lines) => lines.toSpliced(3, 1), 4],
  ["three removed lines", (lines) => lines.toSpliced(2, 3), 3],
  ["a line moved down", (lines) => [...lines.slice(0, 2), ...lines.slice(3, 5), lines[2] ?? "", ...lines.slice(5)], 3],
  ["two swapped lines", (lines) => lines.with(3, lines[4] ?? "").with(4, lines[3] ?? ""), 4],
  ["a line that stands twice", (lines) => lines.toSpliced(4, 0, lines[3] ?? ""), 5],
  ["a link that was cut", (lines) => lines.with(4, (lines[4] ?? "").replace(/"prev":"\w+"/, '"prev":null')), 5],
  ["a link that was taken out", (lines) => lines.with(4, (lines[4] ?? "").replace(/,"prev":"\w+"/, "")), 5],
];
for (const [what, change, line] of tampering) {
  test(`${what} is found, at its place`, async () => {
    const { problems, problemCount } = await verifyLog(await changed(change));
    expect(problemCount).toBeGreaterThanOrEqual(1);
    expect(problems[0]).toEqual({
      file: "2026-11-22.jsonl",
      line,
      session: "s1",
      what: expect.stringContaining("removed, edited or moved"),
    });
  });
}

test("a missing tail and a missing beginning are warnings: a crash and retention make them too", async () => {
  const withoutTail = await verifyLog(await changed((lines) => lines.slice(0, 5)));
  expect(withoutTail).toMatchObject({ problemCount: 0, warnings: [expect.stringContaining("no session_end")] });
  const withoutBeginning = await verifyLog(await changed((lines) => lines.slice(4)));
  expect(withoutBeginning).toMatchObject({
    problemCount: 0,
    warnings: [expect.stringContaining("begins in the middle")],
  });
});

test("a chain goes on over midnight, and what retention leaves of it holds", async () => {
  const folder = temporaryFolder();
  const tomorrow = { timestamp: "2026-11-23T00:00:01.000Z" };
  writeLog(folder, start, event(), event(tomorrow), { ...end, ...tomorrow });
  expect(await verifyLog(folder)).toMatchObject({ lines: 4, problemCount: 0, warnings: [] });
  rmSync(join(folder, "2026-11-22.jsonl"));
  expect(await verifyLog(folder)).toMatchObject({ lines: 2, problemCount: 0 });
});

test("interleaved sessions are checked each by itself", async () => {
  const folder = temporaryFolder();
  const other = { session: "s2" };
  writeLog(folder, start, { ...start, ...other }, event(), event(other), { ...end, ...other }, end);
  expect(await verifyLog(folder)).toMatchObject({ sessions: 2, problemCount: 0, warnings: [] });
});

test("decisions written beside a running session, and after it, break nothing", async () => {
  const folder = temporaryFolder();
  const decision = decisionEvent({ id: "x", decision: "approve", at: "2026-11-22T12:00:00.000Z", item: pendingItem() });
  writeLog(folder, start, event(), event(), end);
  const session = linesOf(folder);
  writeFileSync(join(folder, "2026-11-22.jsonl"), "");
  writeLog(folder, decision, decision);
  const [first = "", second = ""] = linesOf(folder);
  const mixed = [...session.slice(0, 2), first, ...session.slice(2), second, first.replace("approved", "Approved")];
  writeFileSync(join(folder, "2026-11-22.jsonl"), mixed.map((line) => `${line}\n`).join(""));
  expect(await verifyLog(folder)).toMatchObject({ lines: 7, problemCount: 0, warnings: [] });
});

test("a log from before the chain is read, not accused", async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "2026-11-22.jsonl"), `${JSON.stringify(event())}\n${JSON.stringify(event())}\n`);
  expect(await verifyLog(folder)).toMatchObject({ problemCount: 0, warnings: [expect.stringContaining("2 lines")] });
});

test("counting ends in a log that is broken everywhere", async () => {
  const folder = temporaryFolder();
  const lines = Array.from({ length: 12_000 }, () => JSON.stringify({ ...event(), prev: "0" }));
  writeFileSync(join(folder, "2026-11-22.jsonl"), `${lines.join("\n")}\n`);
  const result = await verifyLog(folder);
  expect(result.problemCount).toBe(10_000);
  expect(result.problems).toHaveLength(100);
});
