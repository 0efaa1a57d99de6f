import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const copy = mkdtempSync(join(tmpdir(), "layers-"));
const rows = [
  "core",
  "text",
  "detectors policy protocols",
  "engine audit state process",
  "shim proxy tui clients",
  "commands",
];
const folders = rows.flatMap((row) => row.split(" "));
const rowOf = (folder: string) => rows.findIndex((row) => row.split(" ").includes(folder));
const imports = "eslint(no-restricted-imports)";

/** Files that must be refused, with what is wrong in them. */
const plants: readonly [path: string, text: string, rule: string][] = [
  ["core/planted-up.ts", 'export type { T } from "../engine/step.ts";', imports],
  ["core/planted-cli.ts", 'import "../cli.ts";', imports],
  ["text/deep/planted.ts", 'import "../../engine/step.ts";', imports],
  ["engine/planted-dynamic.ts", 'export const late = import("../shim/stdio.ts");', imports],
  ["engine/planted-node.ts", 'export { randomUUID } from "node:crypto";', imports],
  ["detectors/planted-package.ts", 'import "zod";', imports],
  ["detectors/planted-clock.ts", "export const now = Date.now();", "eslint(no-restricted-properties)"],
  ["engine/planted-chance.ts", "export const chance = Math.random();", "eslint(no-restricted-properties)"],
  ["core/planted-global.ts", "export const { env } = process;", "eslint(no-restricted-globals)"],
  ["text/planted-global.ts", "export const now = performance.now();", "eslint(no-restricted-globals)"],
  ["policy/decide.ts", "export const now = Date.now();", "eslint(no-restricted-properties)"],
  ["policy/planted-files.ts", 'import "node:fs";', imports],
  ["policy/planted-yaml.ts", 'import "yaml";', imports],
  ["state/planted-zod.ts", 'import "zod";', imports],
  ["audit/planted-spawn.ts", 'import "node:child_process";', imports],
  ["shim/planted-spawn.ts", 'import "node:child_process";', imports],
  ["shim/planted-files.ts", 'import "node:fs/promises";', imports],
  ["shim/planted-http.ts", 'import "node:http";', imports],
  ["shim/planted-undici.ts", 'import "undici";', imports],
  ["clients/planted-jsonc.ts", 'import "jsonc-parser";', imports],
  ["clients/planted-lowdb.ts", 'import "lowdb";', imports],
  ["clients/formats/planted-files.ts", 'import "node:fs";', imports],
  ["tui/planted-files.ts", 'import "node:fs";', imports],
  ["commands/planted-ink.ts", 'import "ink";', imports],
  ["commands/planted-spawn.ts", 'import "node:child_process";', imports],
  ["wrap.ts", 'import "yargs";', imports],
  ["core/planted-cycle-a.ts", 'import { b } from "./planted-cycle-b.ts";\nexport const a = b;', "import(no-cycle)"],
  ["core/planted-cycle-b.ts", 'import { a } from "./planted-cycle-a.ts";\nexport const b = a;', "import(no-cycle)"],
];

function plant(path: string, text: string): void {
  const file = join(copy, "src", path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${text}\n`);
}

/** Every complaint as `file rule`. */
async function lint(): Promise<string[]> {
  const oxlint = resolve("node_modules/.bin/oxlint");
  const { stdout } = await execa(oxlint, ["-c", "oxlint.config.js", "-f", "json", "src"], { cwd: copy, reject: false });
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: { code: string; filename: string }[] };
  return diagnostics.map(({ code, filename }) => `${filename.replaceAll("\\", "/").replace(/^src\//, "")} ${code}`);
}

const aboutLayers = (complaint: string) => /no-restricted|no-cycle/.test(complaint);

afterAll(() => rmSync(copy, { recursive: true }));

describe("the layers", () => {
  let clean: string[];
  let planted: string[];

  beforeAll(async () => {
    for (const name of ["src", ".oxlintrc.json", "oxlint.config.js", "package.json", "tsconfig.json"]) {
      cpSync(resolve(name), join(copy, name), { recursive: true });
    }
    symlinkSync(resolve("node_modules"), join(copy, "node_modules"));
    clean = await lint();
    for (const [path, text] of plants) plant(path, text);
    for (const from of folders) {
      for (const to of folders)
        plant(`${from}/planted-${to}.ts`, from === to ? "export {};" : `import "../${to}/planted.ts";`);
    }
    planted = await lint();
  });

  it("hold in the code as it is", () => {
    expect(clean.filter(aboutLayers)).toEqual([]);
  });

  it.each(plants)("refuse %s: %s", (path, _, rule) => {
    expect(planted).toContain(`${path} ${rule}`);
  });

  it.each(folders)("let %s import only what lies deeper", (from) => {
    const refused = folders.filter((to) => planted.includes(`${from}/planted-${to}.ts ${imports}`));
    expect(refused).toEqual(folders.filter((to) => to !== from && rowOf(from) <= rowOf(to)));
  });
});
