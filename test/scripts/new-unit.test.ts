import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const copy = mkdtempSync(join(tmpdir(), "new-unit-"));
const run = (...command: [string, ...string[]]) =>
  execa(command[0], command.slice(1), {
    cwd: copy,
    preferLocal: true,
    localDir: resolve("."),
    reject: false,
    all: true,
    env: { MCPGUARD_SKIP_BUILD: "1" },
  });

beforeAll(() => {
  for (const name of [
    "src",
    "test",
    "scripts",
    "package.json",
    "tsconfig.json",
    "vitest.config.ts",
    ".oxfmtrc.json",
    ".oxlintrc.json",
    "oxlint.config.js",
  ]) {
    cpSync(resolve(name), join(copy, name), { recursive: true });
  }
  symlinkSync(resolve("node_modules"), join(copy, "node_modules"));
});
afterAll(() => rmSync(copy, { recursive: true }));

describe.each([
  ["client", "src/clients", "test/clients/examples.test.ts"],
  ["detector", "src/detectors", "test/detectors.test.ts"],
])("new:%s", (kind, folder, suite) => {
  it("writes a unit that passes the suite as it is", async () => {
    const made = await run("tsx", `scripts/new-${kind}.ts`, `an-example-${kind}`);
    expect(made.all).toContain(`${folder}/an-example-${kind}.ts is written`);
    expect(readFileSync(join(copy, folder, "index.ts"), "utf8")).toContain(`from "./an-example-${kind}.ts"`);
    const types = await run("tsc", "-p", ".");
    expect(types.all).not.toContain("an-example");
    const lint = await run("oxlint", "-c", "oxlint.config.js", `${folder}/an-example-${kind}.ts`);
    expect(lint.exitCode, lint.all).toBe(0);
    const tests = await run("vitest", "run", suite, "-t", `an-example-${kind}`);
    expect(tests.exitCode, tests.all).toBe(0);
    expect(tests.all).toMatch(/Tests .*[1-9]\d* passed/);
  });

  it("refuses an id that is taken or none", async () => {
    const again = await run("tsx", `scripts/new-${kind}.ts`, `an-example-${kind}`);
    expect([again.exitCode, again.stderr]).toEqual([1, `${folder}/an-example-${kind}.ts is there already.`]);
    for (const bad of ["", "Bad_Id", "../up"]) {
      expect((await run("tsx", `scripts/new-${kind}.ts`, bad)).stderr).toMatch(/Give it an id like/);
    }
  });
});
