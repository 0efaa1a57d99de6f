import fc from "fast-check";
import { expect, test } from "vitest";
import { isObject, type JsonValue } from "../../../src/core/json.ts";
import { removeItems } from "../../../src/protocols/json/remove-items.ts";
import { spansOf } from "../../../src/protocols/json/spans.ts";
import { splice } from "../../../src/protocols/json/splice.ts";
import { stringRanges } from "../../../src/protocols/json/string-ranges.ts";
import { jsonText } from "./arbitrary.ts";

test("8 splices change their spans only; without any the bytes stay", () => {
  const part = fc.tuple(fc.uint8Array({ maxLength: 8 }), fc.uint8Array({ minLength: 1, maxLength: 8 }));
  const property = fc.property(fc.array(part, { maxLength: 6 }), (parts) => {
    const splices = [];
    let at = 0;
    for (const [kept, changed] of parts) {
      at += kept.length + changed.length;
      splices.push({ start: at - changed.length, end: at, replacement: "§" });
    }
    const bytes = Buffer.concat(parts.flat());
    const expected = Buffer.concat(parts.flatMap(([kept]) => [kept, Buffer.from("§")]));
    expect(Buffer.from(splice(bytes, splices.toReversed()))).toEqual(expected);
    expect(Buffer.from(splice(bytes, []))).toEqual(bytes);
  });
  fc.assert(property);
});

test.each([
  [
    "inside one another",
    [
      [4, 5, "x"],
      [2, 8, "-"],
      [2, 3, "y"],
    ],
    "01-89",
  ],
  [
    "one into the next",
    [
      [2, 5, "x"],
      [4, 8, "y"],
    ],
    "01x89",
  ],
  [
    "side by side",
    [
      [2, 5, "x"],
      [5, 8, "y"],
    ],
    "01xy89",
  ],
] as const)("splices %s: every byte that one covers is gone", (_, ranges, expected) => {
  const splices = ranges.map(([start, end, replacement]) => ({ start, end, replacement }));
  expect(Buffer.from(splice(Buffer.from("0123456789"), splices)).toString()).toBe(expected);
});

test("66 any items can be taken out of an array; the rest keeps its text and order", () => {
  const given = fc.tuple(
    fc.array(fc.tuple(fc.constantFrom("", " ", "\n\t"), jsonText), { maxLength: 7 }),
    fc.array(fc.boolean(), { minLength: 7, maxLength: 7 }),
  );
  const property = fc.property(given, ([items, isRemoved]) => {
    const text = ` [ ${items.map(([space, item]) => `${space}${item}${space}`).join(",")} ] `;
    const bytes = Buffer.from(text);
    const removed = new Set([...items.keys()].filter((index) => isRemoved[index] === true));
    const result = Buffer.from(splice(bytes, removeItems(spansOf(bytes), removed))).toString();
    const kept = items.filter((_, index) => !removed.has(index)).map(([, item]) => item);
    expect(JSON.parse(result)).toEqual(kept.map((item): JsonValue => JSON.parse(item)));
    for (const item of kept) expect(result).toContain(item);
    if (removed.size === 0) expect(result).toBe(text);
  });
  fc.assert(property, { numRuns: 500 });
});

/** Replaces [from, to) of the string literal that is the whole text. */
function replaced(literal: Uint8Array, from: number, to: number): string {
  const ranges = stringRanges(literal, spansOf(literal), [{ start: from, end: to }]);
  return Buffer.from(
    splice(
      literal,
      ranges.map((range) => ({ ...range, replacement: "#" })),
    ),
  ).toString();
}

test("8 a part of a string is found through escapes and characters of every width", () => {
  const property = fc.property(
    jsonText.filter((text) => text.startsWith('"')),
    fc.nat(6),
    fc.nat(6),
    (literal, a, b) => {
      const text = JSON.parse(literal) as string;
      const [from, to] = [Math.min(a, b, text.length), Math.min(Math.max(a, b), text.length)];
      if (splitsPair(text, from) || splitsPair(text, to) || from === to) return;
      const result = replaced(Buffer.from(literal), from, to);
      expect(JSON.parse(result)).toBe(`${text.slice(0, from)}#${text.slice(to)}`);
    },
  );
  fc.assert(property, { numRuns: 2000 });
});

test("8 several parts of a string are the same as each alone", () => {
  const part = fc.tuple(fc.nat(20), fc.nat(20)).map(([start, length]) => ({ start, end: start + length }));
  const literals = fc.string({ unit: "binary", maxLength: 30 }).map((text) => Buffer.from(JSON.stringify(text)));
  const property = fc.property(literals, fc.array(part), (literal, parts) => {
    const sorted = parts.toSorted((a, b) => a.start - b.start);
    const alone = sorted.flatMap((each) => stringRanges(literal, spansOf(literal), [each]));
    expect(stringRanges(literal, spansOf(literal), sorted)).toEqual(alone);
  });
  fc.assert(property, { numRuns: 500 });
});

function splitsPair(text: string, at: number): boolean {
  return /[\ud800-\udbff]/.test(text.charAt(at - 1)) && /[\udc00-\udfff]/.test(text.charAt(at));
}

test("3 invalid UTF-8 before a part does not shift it: never less than the part is replaced", () => {
  const broken = fc.uint8Array({ minLength: 1, maxLength: 6 }).map((bytes) => bytes.filter((byte) => byte >= 0x80));
  const property = fc.property(broken, broken, (before, after) => {
    const literal = Buffer.concat([Buffer.from('"a'), before, Buffer.from("SECRET"), after, Buffer.from('b"')]);
    const text = JSON.parse(literal.toString()) as string;
    const from = text.indexOf("SECRET");
    const result = replaced(literal, from, from + 6);
    const parsed: unknown = JSON.parse(result);
    expect(isObject(parsed)).toBe(false);
    expect(result).not.toMatch(/[SECRT]/);
    expect(result).toContain("#");
  });
  fc.assert(property, { numRuns: 2000 });
});
