import fc from "fast-check";
import { expect, test } from "vitest";
import { EventReader, type StreamEvent } from "../../../src/proxy/exchange/event-reader.ts";

type Seen = { events: StreamEvent[]; long: Buffer[]; ended: number; all: Buffer };

function read(chunks: readonly Buffer[], limit = 1000): Seen {
  const seen: Seen = { events: [], long: [], ended: 0, all: Buffer.alloc(0) };
  const out: Buffer[] = [];
  const reader = new EventReader({
    limit: () => limit,
    onEvent: (event) => {
      seen.events.push(event);
      out.push(event.bytes);
    },
    onLongPart: (part) => {
      seen.long.push(part);
      out.push(part);
    },
    onLongEnd: () => void seen.ended++,
  });
  for (const chunk of chunks) reader.push(chunk);
  reader.end();
  return { ...seen, all: Buffer.concat(out) };
}

const lineEnds = fc.constantFrom("\n", "\r", "\r\n");
const lines = fc.oneof(
  fc.constantFrom(
    "",
    "data",
    "data:",
    "data: a",
    "data:  b",
    ": comment",
    "id: 7",
    "event: x",
    "retry: 10",
    "id",
    "odd: 1",
  ),
  fc.string({ unit: "binary", maxLength: 8 }).map((text) => text.replaceAll(/[\r\n]/g, " ")),
);
const streams = fc
  .tuple(fc.constantFrom("", "\ufeff"), fc.array(fc.tuple(lines, lineEnds)), fc.constantFrom("", "data: rest"))
  .map(([bom, parts, rest]) => Buffer.from(bom + parts.map((part) => part.join("")).join("") + rest));

function cut(bytes: Buffer, places: readonly number[]): Buffer[] {
  const at = [...places, bytes.length].map((place) => Math.min(place, bytes.length)).toSorted((a, b) => a - b);
  return at.map((end, index) => bytes.subarray(at[index - 1] ?? 0, end));
}

/** What the standard's own algorithm, written for whole texts, makes of a stream. */
function dispatched(bytes: Buffer): { data: string; event: string | undefined; id: string | undefined }[] {
  const found = [];
  let fields: { data: string[]; event?: string; id?: string } = { data: [] };
  for (const line of bytes
    .toString()
    .replace(/^\ufeff/, "")
    .split(/\r\n|\r|\n/)) {
    if (line === "") {
      if (fields.data.length > 0) found.push({ data: fields.data.join("\n"), event: fields.event, id: fields.id });
      fields = { data: [] };
      continue;
    }
    const [, name = line, value = ""] = /^([^:]*):? ?(.*)$/su.exec(line) ?? [];
    if (name === "data") fields.data.push(value);
    else if (name === "event" || name === "id") fields[name] = value;
  }
  return found;
}

test("40 41 whatever the cuts: all bytes come out in order, and the events are those of the whole", () => {
  fc.assert(
    fc.property(streams, fc.array(fc.nat(200)), (bytes, places) => {
      const { events, all } = read(cut(bytes, places));
      expect(all).toEqual(bytes);
      const whole = Buffer.concat([bytes, Buffer.from("\n\n")]);
      const withData = events.flatMap(({ data, event, id }) =>
        data === undefined ? [] : [{ data: data.toString(), event, id }],
      );
      expect(withData).toEqual(dispatched(whole));
    }),
    { numRuns: 500 },
  );
});

test("41 every single cut, and byte by byte", () => {
  const bytes = Buffer.from(
    '\ufeff: c\r\nretry: 5\rid: 1\ndata: {"é":\r\ndata:1}\r\n\r\ndata: 2\r\rdata: 3\n\n:\n\n\r\ndata: 4',
  );
  const whole = read([bytes]).events.map(({ data }) => data?.toString());
  expect(whole.filter((data) => data !== undefined)).toEqual(['{"é":\n1}', "2", "3", "4"]);
  const cuts = [...Array(bytes.length).keys()].map((at) => cut(bytes, [at]));
  for (const chunks of [...cuts, [...bytes].map((byte) => Buffer.from([byte]))]) {
    const { events, all } = read(chunks);
    expect(all).toEqual(bytes);
    expect(events.flatMap(({ data }) => data?.toString() ?? [])).toEqual(['{"é":\n1}', "2", "3", "4"]);
  }
});

test("40 a byte order mark counts at the stream's beginning only", () => {
  const { events } = read([Buffer.from("\ufeffdata: 1\n\n\ufeffdata: 2\ndata: 3\n\n")]);
  expect(events.map(({ data }) => data?.toString())).toEqual(["1", "3"]);
});

test("40 events above the limit are told piece by piece, the others whole", () => {
  fc.assert(
    fc.property(streams, fc.array(fc.nat(200)), fc.nat(30), (bytes, places, limit) => {
      const { events, long, all } = read(cut(bytes, places), limit);
      expect(all).toEqual(bytes);
      for (const event of events) expect(event.bytes.length).toBeLessThanOrEqual(limit);
      for (const part of long) expect(part.length).toBeLessThanOrEqual(bytes.length);
    }),
  );
  const { events, ended } = read([Buffer.from("data: 1\n\ndata: 1234567890\n\ndata: 2\n\n")], 12);
  expect(events.map(({ data }) => data?.toString())).toEqual(["1", "2"]);
  expect(ended).toBe(1);
});

test.each([
  ["lines that end with CR", "data:\r".repeat(400_000)],
  ["blank lines", "\r".repeat(1_000_000)],
  ["lines that end with LF", "data: a\n".repeat(300_000)],
  ["one long line", `data: ${"a".repeat(4_000_000)}`],
  ["CR before one LF", `${"data:\r".repeat(400_000)}\n`],
])("41 %s take time in proportion to their bytes", (_, text) => {
  const bytes = Buffer.from(text);
  const began = performance.now();
  read([bytes], 64 * 1024 * 1024);
  expect(performance.now() - began).toBeLessThan(2000);
});
