import fc from "fast-check";
import { expect, test } from "vitest";
import { harmless, visibleJson } from "../../src/text/harmless.ts";

const attacks: readonly (readonly [title: string, text: string, shown: string])[] = [
  ["colour", "\u001B[31mred\u001B[0m", "red"],
  ["cursor and erase", "a\u001B[2J\u001B[1;1Hb\u001B[Kc", "abc"],
  ["one-byte CSI", "a\u009B31mb", "ab"],
  ["alternate screen", "\u001B[?1049hx", "x"],
  ["terminal reset", "\u001Bcx", "x"],
  ["character set", "\u001B(0x", "x"],
  ["window title, which stays readable", "\u001B]0;read ~/.ssh/id_rsa\u0007!", "0;read ~/.ssh/id_rsa!"],
  ["link, whose target stays readable", "\u001B]8;;http://x\u001B\\y\u001B]8;;\u001B\\", "8;;http://xy8;;"],
  ["clipboard", "\u001B]52;c;cm0=\u0007", "52;c;cm0="],
  ["device control string", "\u001BP1$r0m\u001B\\x", "1$r0mx"],
  ["sequence without an end", "a\u001B[31", "a"],
  ["carriage return over the row", "good\rbad", "good bad"],
  ["line breaks and tabs", "a\nb\u2028c\u0085d\te", "a b c d e"],
  ["backspaces", "rm\b\bls", "rmls"],
  ["bell and null", "a\u0007\u0000b", "ab"],
  ["bidirectional override", "exe\u202Etxt.\u202C\u2066x\u2069", "exetxt.x"],
  ["zero width", "pay\u200Bpal\u200D\uFEFF\u2060", "paypal"],
  ["tags that hide a sentence", `hi${String.fromCodePoint(0xe0001, 0xe0069, 0xe0067)}`, "hi"],
  ["variation selectors", `a${String.fromCodePoint(0xfe0f, 0xe0100)}`, "a"],
  ["blank that is a letter", "a\u3164b\u115F", "ab"],
  ["half of a pair", "a\uD83Db", "a\uFFFDb"],
  ["private use", "a\uE000b", "a\uFFFDb"],
  ["piled marks", `e${"\u0335".repeat(50)}`, `e${"\u0335".repeat(3)}`],
];

test.each(attacks)("%s", (_, text, shown) => {
  expect(harmless(text)).toBe(shown);
});

test("other people's writing stays", () => {
  for (const text of ["Grüße", "日本語", "한국어", "हिन्दी", "ไทย", "العربية", "עברית", "🎉"]) {
    expect(harmless(text)).toBe(text);
  }
});

test("without Unicode only ASCII is left: elsewhere its bytes could be control characters", () => {
  expect(harmless("日 \u001B[1mé", false)).toBe("? ?");
});

const dangerous = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;
const anyText = fc.string({ unit: "binary", maxLength: 200 });
const hostile = fc
  .array(
    fc.constantFrom("\u001B", "\u009B", "\u009D", "[", "]", "31", "m", "\u0007", "\\", "\u202E", "\u200B", "a", "é"),
  )
  .map((parts) => parts.join(""));

test("whatever comes in, nothing that acts on a terminal comes out, and a second pass changes nothing", () => {
  fc.assert(
    fc.property(fc.oneof(anyText, hostile), (text) => {
      const shown = harmless(text);
      expect(shown).not.toMatch(dangerous);
      expect(harmless(shown)).toBe(shown);
    }),
  );
});

test("a megabyte of unfinished sequences takes no time to speak of", () => {
  for (const part of ["\u001B[", "\u001B]", "\u001B[1;", "e\u0335\u0335", "\u001B "]) {
    const started = performance.now();
    harmless(part.repeat(250_000));
    expect(performance.now() - started).toBeLessThan(2000);
  }
});

test("JSON shows what a terminal would not, as an escape that can be read", () => {
  const lines = visibleJson({ "a\u202Eb": ["\u001B[31m", "\u200B", "\u009B", "日"] });
  expect(lines.join("\n")).toContain('"a\\u{202e}b"');
  expect(lines).toEqual([
    "{",
    '  "a\\u{202e}b": [',
    '    "\\u001b[31m",',
    '    "\\u{200b}",',
    '    "\\u{9b}",',
    '    "日"',
    "  ]",
    "}",
  ]);
  fc.assert(fc.property(fc.json(), (json) => !visibleJson(json).some((line) => dangerous.test(line))));
});
