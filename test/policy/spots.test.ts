import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "../../src/policy/parse.ts";

const jsonc = `{ // "deny": 1
  "a": [1, {"b": 'x'}],
  'c d': {}, /* "e" */ e: "}",
}`;

describe("places", () => {
  it.each([
    [["a"], "2:8", "2:3"],
    [["a", 0], "2:9", "2:9"],
    [["a", 1, "b"], "2:18", "2:13"],
    [["c d"], "3:10", "3:3"],
    [["e"], "3:27", "3:24"],
    [["e", "not", "there"], "3:27", "3:24"],
  ])("finds %j in JSON with comments", (path, value, key) => {
    const { place } = parse("c.jsonc", jsonc);
    expect([place(path), place(path, "key")]).toEqual([`c.jsonc:${value}`, `c.jsonc:${key}`]);
  });

  it("finds the same member in every JSON value, however it is written", () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 })),
        fc.constantFrom(0, 1, 3),
        (value, indent) => {
          const text = JSON.stringify(value, undefined, indent);
          const { place } = parse("c.json", text);
          for (const [name, member] of Object.entries(value)) {
            const [, line, column] = place([name]).split(":").map(Number);
            const rest = text
              .split("\n")
              .slice((line ?? 0) - 1)
              .join("\n")
              .slice((column ?? 0) - 1);
            expect(rest.startsWith(JSON.stringify(member, undefined, indent).split("\n")[0] ?? "")).toBe(true);
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it("finds members of YAML, through anchors and merged maps", () => {
    const text = "base: &base\n  limit: 1\nrules:\n  - <<: *base\n    method: x\n";
    const { value, place } = parse("c.yaml", text);
    expect(value).toMatchObject({ rules: [{ limit: 1, method: "x" }] });
    expect(place(["rules", 0, "method"])).toBe("c.yaml:5:13");
    expect(place(["rules", 0, "limit"])).toBe("c.yaml:4:5");
  });
});
