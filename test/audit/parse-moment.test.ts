import { expect, test } from "vitest";
import { parseMoment } from "../../src/audit/parse-moment.ts";

const now = Date.UTC(2026, 10, 22, 12);
const iso = (text: string, isEnd = false) => new Date(parseMoment("since", text, now, isEnd)).toISOString();

test.each([
  ["30s", "2026-11-22T11:59:30.000Z"],
  ["2h", "2026-11-22T10:00:00.000Z"],
  ["1w", "2026-11-15T12:00:00.000Z"],
  ["2026-11-01", "2026-11-01T00:00:00.000Z"],
  ["2026-11-01T10:00", "2026-11-01T10:00:00.000Z"],
  ["2026-11-01 10:00:01", "2026-11-01T10:00:01.000Z"],
  ["2026-11-01T10:00:00+02:00", "2026-11-01T08:00:00.000Z"],
  ["2026-11-01T10:00:00.5Z", "2026-11-01T10:00:00.500Z"],
])("%s is %s", (text, expected) => expect(iso(text)).toBe(expected));

test("a date as an end holds its whole day", () => expect(iso("2026-11-01", true)).toBe("2026-11-01T23:59:59.999Z"));

test.each(["", "now", "5", "5y", "2026", "2026-02-30x", "2026-99-99", "11/22/2026"])("%j is no time", (text) => {
  expect(() => parseMoment("since", text, now)).toThrow(/is no time/);
});
