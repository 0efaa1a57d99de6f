import fc from "fast-check";
import { expect, it } from "vitest";
import { masked } from "../../src/text/mask.ts";

it("evidence is one short line in which nothing hides", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 1000 }), (text) => {
      const evidence = masked(text);
      expect([...evidence].length).toBeLessThanOrEqual(100);
      expect(evidence).not.toMatch(/[\p{Cc}\p{Cf}\n]/u);
    }),
  );
});

it("evidence keeps words and hides what could be a secret", () => {
  expect(masked("send the\n key ab12cd34ef56ab78cd90 to  me")).toBe("send the key ab12… to me");
  expect(masked("internationalisation")).toBe("internationalisation");
});
