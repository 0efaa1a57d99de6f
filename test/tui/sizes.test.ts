import stringWidth from "string-width";
import { stripVTControlCharacters } from "node:util";
import { expect, test } from "vitest";
import { sampleEvent, sampleEvents, samplePending } from "./sample.ts";
import { startApp } from "./start-app.tsx";

const ESC = "\u001B";

test.each([
  [200, 60],
  [120, 40],
  [80, 24],
  [79, 24],
  [80, 19],
  [40, 10],
  [20, 5],
  [5, 2],
])("in %ix%i no screen is taller or wider than it may be", async (columns, rows) => {
  const long = sampleEvent({
    server: "s".repeat(300),
    tool: "日本語".repeat(50),
    message: `${ESC}[2J${"語".repeat(200)}`,
  });
  const { frame, type } = await startApp({ columns, rows, events: [...sampleEvents, long], pending: [samplePending] });
  for (const keys of [[], ["a"], ["n", "\r"], ["s"], ["?"], [ESC, ESC], ["/nothing here"]]) {
    await type(...keys);
    const lines = stripVTControlCharacters(frame()).split("\n");
    expect(lines.length).toBeLessThan(rows);
    for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(columns);
  }
});

test("a small terminal has the list only, and still asks and answers", async () => {
  const { frame, type } = await startApp({ columns: 60, rows: 15, events: sampleEvents, pending: [samplePending] });
  expect(frame()).not.toContain("VERDICT");
  expect(frame()).not.toContain("quit");
  expect(frame()).toMatch(/^ mcpguard/);
  await type("a");
  expect(frame()).toContain("approve tool read_file of files?");
});

test("a wide terminal shows more of each row", async () => {
  const { frame, resize } = await startApp({ columns: 80, events: sampleEvents });
  expect(frame()).not.toContain("SEVERITY");
  resize(160, 40);
  expect(frame()).toContain("SEVERITY");
  expect(frame()).toContain("CLIENT");
  expect(frame()).toContain("The result tells the model to ignore its instructions and to send a file.");
});

test("every row begins with its time and tells server, way, method and tool", async () => {
  const { frame } = await startApp({ events: sampleEvents });
  const rows = frame()
    .split("\n")
    .filter((line) => /^\d/.test(line));
  expect(rows).toHaveLength(5);
  expect(rows[1]).toMatch(/^14:02:12 .■ BLOCK +github +← tools\/call search_issues +The result/);
});
