import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { exampleConfig, exampleUpstreams } from "../../scripts/docs/config-page.ts";
import { pages } from "../../scripts/docs/pages.ts";
import { loadPolicy } from "../../src/policy/load.ts";

describe("docs made from the code", () => {
  it.each(Object.entries(pages()))("%s is up to date (else: npm run docs)", (path, text) => {
    expect(existsSync(path) ? readFileSync(path, "utf8") : "").toBe(text);
  });

  it("show a configuration that loads without a warning", () => {
    const { policyFor, warnings } = loadPolicy("config.yaml", exampleConfig);
    expect(warnings).toEqual([]);
    expect(loadPolicy("config.yaml", exampleUpstreams).warnings).toEqual([]);
    expect(policyFor("github")).toMatchObject({ preset: "strict", deny: ["delete_*", "method:sampling/*"] });
  });
});
