import fc from "fast-check";
import { expect, test } from "vitest";
import type { JsonValue } from "../../../src/core/json.ts";
import { countMembers } from "../../../src/protocols/json/count-members.ts";
import { firstWins } from "../../../src/protocols/json/first-wins.ts";
import { locate } from "../../../src/protocols/json/locate.ts";
import { decode, spansOf, type JsonSpan } from "../../../src/protocols/json/spans.ts";
import { jsonDocument } from "./arbitrary.ts";

const bytesOf = (text: string): Buffer => Buffer.from(text);

const firstRead = (text: string): JsonValue => firstWins(text);

/** The value that the spans describe, the last of duplicate members kept, as JSON.parse does. */
function rebuilt(bytes: Uint8Array, span: JsonSpan): JsonValue {
  if (span.items !== undefined) return span.items.map((item) => rebuilt(bytes, item));
  if (span.members === undefined) return JSON.parse(decode(bytes, span.start, span.end));
  return Object.fromEntries(span.members.map(({ key, value }) => [key, rebuilt(bytes, value)]));
}

test("spans hold exactly the values that JSON.parse finds", () => {
  const property = fc.property(jsonDocument, (text) => {
    const bytes = bytesOf(text);
    expect(rebuilt(bytes, spansOf(bytes))).toEqual(JSON.parse(text));
  });
  fc.assert(property, { numRuns: 500 });
});

test("every span is the text of its value, and every key span the text of its key", () => {
  const property = fc.property(jsonDocument, (text) => {
    const bytes = bytesOf(text);
    const open = [spansOf(bytes)];
    for (let span = open.pop(); span !== undefined; span = open.pop()) {
      expect(() => JSON.parse(decode(bytes, span?.start, span?.end))).not.toThrow();
      for (const { key, keyStart, keyEnd, value } of span.members ?? []) {
        expect(JSON.parse(decode(bytes, keyStart, keyEnd))).toBe(key);
        open.push(value);
      }
      open.push(...(span.items ?? []));
    }
  });
  fc.assert(property, { numRuns: 200 });
});

test("members are counted as often as they are given", () => {
  const property = fc.property(jsonDocument, (text) => {
    const open = [spansOf(bytesOf(text))];
    let count = 0;
    for (let span = open.pop(); span !== undefined; span = open.pop()) {
      count += span.members?.length ?? 0;
      open.push(...(span.items ?? []), ...(span.members ?? []).map(({ value }) => value));
    }
    expect(countMembers(text)).toBe(count);
  });
  fc.assert(property, { numRuns: 500 });
});

test("first wins: the first of duplicate members is read, at every depth", () => {
  expect(firstRead('{"a":1,"a":2,"b":{"c":[{"d":1,"\\u0064":2}]}}')).toEqual({ a: 1, b: { c: [{ d: 1 }] } });
  const property = fc.property(jsonDocument, (text) => {
    const value = JSON.parse(text) as JsonValue;
    const once = JSON.stringify(value);
    expect(firstRead(once)).toEqual(JSON.parse(once));
  });
  fc.assert(property, { numRuns: 200 });
});

test("5 __proto__ and constructor are ordinary members and pollute nothing", () => {
  const text = '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"__proto__":{"polluted":2}}';
  const value = firstWins(text);
  expect(Object.keys(value as object)).toEqual(["__proto__", "constructor"]);
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  expect(Reflect.get({}, "polluted")).toBeUndefined();
});

test("a pointer finds every duplicate, with escaped steps and escaped keys", () => {
  const bytes = bytesOf('{"a/b":{"~":[10,20]},"a\\/b":{"~":[30,40]}}');
  const found = locate(spansOf(bytes), "/a~1b/~0/1").map(({ span }) => decode(bytes, span.start, span.end));
  expect(found).toEqual(["20", "40"]);
  expect(locate(spansOf(bytes), "/a~1b/x")).toEqual([]);
  expect(locate(spansOf(bytes), "")).toHaveLength(1);
});

test("a byte order mark is no part of the value", () => {
  const bytes = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytesOf('{"id":7}')]);
  expect(locate(spansOf(bytes), "/id").map(({ span }) => decode(bytes, span.start, span.end))).toEqual(["7"]);
});

test("7 100,000 levels are read in linear time", () => {
  const depth = 100_000;
  const text = `${'{"a":['.repeat(depth)}1${"]}".repeat(depth)}`;
  const started = performance.now();
  expect(locate(spansOf(bytesOf(text)), "/a/0/a/0")).toHaveLength(1);
  expect(firstWins(text)).toHaveProperty("a");
  expect(countMembers(text)).toBe(depth);
  expect(performance.now() - started).toBeLessThan(2000);
});

test("text that is no JSON is read to an end, without a throw", () => {
  const property = fc.property(fc.array(fc.constantFrom(...'{}[]",:\\ a1\n'), { maxLength: 20 }), (characters) => {
    const open = [spansOf(bytesOf(characters.join("")))];
    for (let span = open.pop(); span !== undefined; span = open.pop()) {
      open.push(...(span.items ?? []), ...(span.members ?? []).map(({ value }) => value));
    }
  });
  fc.assert(property, { numRuns: 2000 });
});
