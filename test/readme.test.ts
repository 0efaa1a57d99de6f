import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { describe, expect, it } from "vitest";
import { loadPolicy } from "../src/policy/load.ts";

const decisions = readdirSync("docs/decisions").map((name) => `docs/decisions/${name}`);
const pages = ["README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "docs/architecture.md", ...decisions];
const text = (path: string) => readFileSync(path, "utf8");

describe.each(pages)("%s", (path) => {
  it("links only to what exists", () => {
    const links = [...text(path).matchAll(/\]\(([^)#]+)[^)]*\)/g)].map(([, target = ""]) => target);
    const local = links.filter((target) => !target.startsWith("http"));
    expect(local.filter((target) => !existsSync(join(dirname(path), target)))).toEqual([]);
  });

  it("names only commands and scripts that exist", () => {
    const verbs = [...text(path).matchAll(/(?:npx |`)mcpguard ([a-z]+)/g)].map(([, verb = ""]) => verb);
    expect(verbs.filter((verb) => !existsSync(`src/commands/${verb}.ts`))).toEqual([]);
    const { scripts } = JSON.parse(text("package.json")) as { scripts: Record<string, string> };
    const named = [...text(path).matchAll(/npm run ([a-z:]+)/g)].map(([, script = ""]) => script);
    expect(named.filter((script) => !(script in scripts))).toEqual([]);
  });
});

it("README shows a configuration that loads without a warning", () => {
  const [, config = ""] = /```yaml\n([^]*?)```/.exec(text("README.md")) ?? [];
  expect(config).toContain("preset");
  expect(loadPolicy("config.yaml", config).warnings).toEqual([]);
});

function withoutIds(story: string): string {
  return story.replace(/event \w+/g, "event …");
}

it("README shows what the demo says", async () => {
  const [, shown = ""] = /npx mcpguard demo\n([^]*?)\n```/.exec(text("README.md")) ?? [];
  const { stdout } = await execa("node", ["bin/mcpguard.js", "demo"]);
  expect(withoutIds(stdout)).toContain(withoutIds(shown));
  expect(shown.split("\n").length).toBeGreaterThan(5);
});

it.each(["client", "detector"])("CONTRIBUTING shows the %s that npm run new:… writes", (kind) => {
  const name = `my${kind === "client" ? "Client" : "Detector"}`;
  const written = text(`scripts/templates/${kind}.txt`)
    .replaceAll("template-id", `my-${kind}`)
    .replaceAll("templateName", name);
  expect(text("CONTRIBUTING.md")).toContain(written);
});
