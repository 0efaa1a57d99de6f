import { expect, test } from "vitest";
import { readQuestion, placeWord } from "../../../../src/proxy/dashboard/reading/question.ts";
import { search } from "../../../../src/proxy/dashboard/reading/search.ts";
import { createToday } from "../../../../src/proxy/dashboard/reading/today.ts";
import { event, temporaryFolder, writeLog } from "../../../audit/sample.ts";

const none = new Set<string>();
const ago = (ms: number) => new Date(Date.now() - ms).toISOString();

/** A log of ten events, a minute apart, newest last; every third of high severity. */
function sampleLog(): string {
  const folder = temporaryFolder();
  const events = Array.from({ length: 10 }, (_, at) =>
    event({
      timestamp: ago((9 - at) * 60_000),
      message: `event ${at}`,
      severity: at % 3 === 0 ? "high" : "info",
      server: at < 5 ? "files" : "github",
      event_type: at === 4 ? "rug_pull" : "message",
      details: at === 4 ? { pending: "abc" } : {},
    }),
  );
  writeLog(folder, ...events);
  return folder;
}

async function found(folder: string, query: string, limit = 100, waiting = none): Promise<string> {
  const { shown } = await search(folder, readQuestion(new URLSearchParams(query)), limit, waiting);
  return shown.map(({ row }) => row.what.replace("event ", "")).join("");
}

test.each([
  ["", "9876543210"],
  ["severity=high", "9630"],
  ["severity=all", "9876543210"],
  ["severity=critical,high", "9630"],
  ["type=rug_pull", "4"],
  ["server=github&severity=high", "96"],
  ["q=server:file+!sev:high", "421"],
  ["since=150s", "987"],
  ["until=150s", "6543210"],
  ["server=nobody", ""],
])("%s", async (query, expected) => expect(await found(sampleLog(), query)).toBe(expected));

test("what waits is found by its word", async () => {
  const folder = sampleLog();
  expect(await found(folder, "q=verdict:hold", 100, new Set(["abc"]))).toBe("4");
  expect(await found(folder, "q=verdict:hold")).toBe("");
});

test("older ones follow without a gap, page by page", async () => {
  const folder = sampleLog();
  const pages: string[] = [];
  let before = "";
  for (let page = 0; page < 4; page++) {
    const question = readQuestion(new URLSearchParams({ before }));
    const { shown, next } = await search(folder, question, 3, none);
    pages.push(shown.map(({ row }) => row.what.replace("event ", "")).join(""));
    before = next === undefined ? "" : placeWord(next);
  }
  expect(pages).toEqual(["987", "654", "321", "0"]);
});

test("what is no time is told, what is no place is nothing", async () => {
  const folder = sampleLog();
  await expect(found(folder, "since=yesterday")).rejects.toThrow(/since yesterday is no time/);
  expect(await found(folder, "before=../../etc/passwd~5", 1)).toBe("9");
});

test("the day is counted once and then counted on", async () => {
  const folder = temporaryFolder();
  const today = createToday(folder);
  expect((await today.look(1000)).all.events).toBe(0);
  const midnight = new Date().setHours(0, 0, 0, 0);
  writeLog(
    folder,
    event({ timestamp: new Date(midnight - 1000).toISOString(), blocked: true }),
    event({ timestamp: new Date(midnight).toISOString(), blocked: true, event_type: "rate_limit" }),
  );
  expect(await today.look(1000)).toMatchObject({
    start: midnight,
    isComplete: true,
    blocked: { types: { rate_limit: 1 } },
  });
  writeLog(folder, event({ timestamp: new Date(midnight + 5).toISOString() }));
  const { all, blocked } = await today.look(1000);
  expect([all.events, blocked.events]).toEqual([2, 1]);
});

test("a message with several signs of attack was stopped once", async () => {
  const folder = temporaryFolder();
  const timestamp = new Date(new Date().setHours(0, 0, 0, 1)).toISOString();
  const sign = { timestamp, blocked: true, method: "tools/call", tool: "echo" };
  writeLog(folder, event(sign), event({ ...sign, rule: "other" }), event({ ...sign, tool: "read" }));
  const { all, blocked } = await createToday(folder).look(1000);
  expect([all.events, blocked.events]).toEqual([3, 2]);
});
