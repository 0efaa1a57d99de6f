import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { matchesGlob } from "../../src/policy/glob.ts";

describe("matchesGlob", () => {
  it.each([
    ["read_file", "read_file"],
    ["*", ""],
    ["*", "anything"],
    ["read_*", "read_"],
    ["*_file", "read_file"],
    ["r*d_*e", "read_the_file"],
    ["?", "a"],
    ["a?c", "abc"],
    ["**", "x"],
    ["a*b*c", "a-b-b-c"],
    ["resources/*", "resources/templates/list"],
  ])("%s matches %s", (pattern, name) => {
    expect(matchesGlob(pattern, name)).toBe(true);
  });

  it.each([
    ["exec", "execute_plan"],
    ["exec", "shell_exec"],
    ["Exec", "exec"],
    ["?", ""],
    ["?", "ab"],
    ["read_*", "rea"],
    ["", "x"],
    ["a.c", "abc"],
    ["[ab]", "a"],
    ["a*b*c", "a-c-b"],
  ])("%s does not match %s", (pattern, name) => {
    expect(matchesGlob(pattern, name)).toBe(false);
  });

  it("agrees with the same pattern as a regular expression", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "b", ".", "*", "?"), maxLength: 8 });
    fc.assert(
      fc.property(text, text, (pattern, name) => {
        const source = pattern.replace(/[.]/g, "\\.").replaceAll("*", "[^]*").replaceAll("?", "[^]");
        expect(matchesGlob(pattern, name)).toBe(new RegExp(`^${source}$`).test(name));
      }),
    );
  });

  it("answers at once for a name made to make it slow", () => {
    const started = performance.now();
    expect(matchesGlob("*a*a*a*a*a*a*a*a*a*b", "a".repeat(100_000))).toBe(false);
    expect(performance.now() - started).toBeLessThan(500);
  });
});
