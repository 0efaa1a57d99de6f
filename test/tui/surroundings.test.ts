import { expect, test } from "vitest";
import { clipboardSequence } from "../../src/tui/clipboard.ts";
import { hasUnicode } from "../../src/tui/theme.ts";

test.each([
  [true, "linux", { LANG: "en_US.UTF-8", TERM: "xterm" }],
  [true, "linux", { LANG: "C", LC_ALL: "C.utf8" }],
  [true, "darwin", {}],
  [false, "linux", { LANG: "C" }],
  [false, "linux", { LANG: "de_DE.UTF-8", LC_ALL: "POSIX" }],
  [false, "linux", { LANG: "de_DE@euro" }],
  [false, "linux", { LANG: "C.UTF-8", TERM: "linux" }],
  [true, "win32", { WT_SESSION: "1" }],
  [false, "win32", {}],
])("Unicode %s on %s with %o", (expected, platform, env) => {
  expect(hasUnicode(env, platform)).toBe(expected);
});

test("a copied text is packed so that nothing of it reaches the terminal as it is", () => {
  const text = "\u001B[31m日\u0007";
  const sequence = clipboardSequence(text) ?? "";
  const packed = /^\u001B\]52;c;([A-Za-z0-9+/=]+)\u0007$/.exec(sequence)?.[1] ?? "";
  expect(Buffer.from(packed, "base64").toString()).toBe(text);
  expect(clipboardSequence("x".repeat(100_000))).toBeUndefined();
});
