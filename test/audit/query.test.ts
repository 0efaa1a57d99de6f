import { expect, test } from "vitest";
import { createNewest } from "../../src/audit/newest.ts";
import { matchesQuery, type Query } from "../../src/audit/query.ts";
import { createSummary } from "../../src/audit/summary.ts";
import { event, noon } from "./sample.ts";

const subject = event({ severity: "high", event_type: "rug_pull", blocked: true, detector: "pins", rule: "changed" });

const queries: [string, Query, boolean][] = [
  ["nothing asked", {}, true],
  ["its severity", { severity: ["high"] }, true],
  ["one of two severities", { severity: ["low", "high"] }, true],
  ["a lower severity, which is not 'at least'", { severity: ["medium"] }, false],
  ["its type", { type: ["rug_pull"] }, true],
  ["another type", { type: ["message"] }, false],
  ["its server, tool and client", { server: "files", tool: "add", client: "cursor" }, true],
  ["part of the server's name", { server: "file" }, false],
  ["another tool", { server: "files", tool: "sub" }, false],
  ["blocked", { blocked: true }, true],
  ["not blocked", { blocked: false }, false],
  ["from its time on", { since: noon, until: noon }, true],
  ["later", { since: noon + 1 }, false],
  ["earlier", { until: noon - 1 }, false],
];
for (const [what, query, expected] of queries) {
  test(`asked for ${what}`, () => expect(matchesQuery(query, subject)).toBe(expected));
}

test("a time that cannot be read is never within two times", () => {
  expect(matchesQuery({ since: 0 }, event({ timestamp: "yesterday" }))).toBe(false);
});

test("the newest events are kept, in order of time, however they come", () => {
  const newest = createNewest(3);
  for (let n = 0; n < 5000; n++) {
    const second = (n * 7919) % 5000;
    newest.add(event({ id: String(second), timestamp: new Date(noon + second * 1000).toISOString() }));
  }
  expect(newest.list().map(({ id }) => id)).toEqual(["4997", "4998", "4999"]);
});

test("events of the same moment keep their order; a limit of 0 keeps none", () => {
  const newest = createNewest(10);
  for (const id of ["c", "a", "b"]) newest.add(event({ id }));
  expect(newest.list().map(({ id }) => id)).toEqual(["c", "a", "b"]);
  const none = createNewest(0);
  none.add(event());
  expect(none.list()).toEqual([]);
});

test("a summary counts each name, most frequent first", () => {
  const summary = createSummary();
  for (const one of [event(), event({ tool: "sub", timestamp: "2026-11-21T00:00:00.000Z" }), event(), subject])
    summary.add(one);
  expect(summary.result()).toEqual({
    events: 4,
    blocked: 1,
    first: "2026-11-21T00:00:00.000Z",
    last: "2026-11-22T12:00:00.000Z",
    types: { message: 3, rug_pull: 1 },
    severities: { info: 3, high: 1 },
    servers: { files: 4 },
    tools: { add: 3, sub: 1 },
    rules: { "pins/changed": 1 },
  });
});

test("a server with endless names does not fill the memory, and __proto__ is a name", () => {
  const summary = createSummary();
  summary.add(event({ tool: "__proto__" }));
  for (let n = 0; n < 3000; n++) summary.add(event({ tool: `tool ${n}` }));
  const { tools } = summary.result();
  expect(Object.keys(tools)).toHaveLength(1001);
  expect(tools["(other)"]).toBe(2001);
  expect(Object.getOwnPropertyDescriptor(tools, "__proto__")?.value).toBe(1);
});
