import fc from "fast-check";
import stringWidth from "string-width";
import { expect, test } from "vitest";
import { fit, wrap } from "../../src/tui/fit.ts";
import { harmless } from "../../src/text/harmless.ts";

test.each([
  ["abc", 5, "abc  "],
  ["abcdef", 5, "abcd…"],
  ["日本語", 6, "日本語"],
  ["日本語", 5, "日本…"],
  ["日本語", 4, "日… "],
  ["abc", 0, ""],
])("%s in %i columns", (text, width, shown) => {
  expect(fit(text, width)).toBe(shown);
});

const anyText = fc.string({ unit: "grapheme", maxLength: 60 }).map((text) => harmless(text));

test("a cell is exactly as wide as it should be", () => {
  fc.assert(
    fc.property(anyText, fc.integer({ min: 1, max: 40 }), (text, width) => {
      expect(stringWidth(fit(text, width))).toBe(width);
    }),
  );
});

test("wrapped lines fit and lose nothing but the spaces between them", () => {
  fc.assert(
    fc.property(anyText, fc.integer({ min: 2, max: 40 }), (text, width) => {
      const lines = wrap(text, width);
      expect(lines.every((line) => stringWidth(line) <= width)).toBe(true);
      expect(lines.join("").replaceAll(" ", "")).toBe(text.replaceAll(" ", ""));
    }),
  );
});
