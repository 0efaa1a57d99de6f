import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, expect, it } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "counts-"));
afterAll(() => rmSync(folder, { recursive: true }));

const test = (fullName: string, status: string) => ({ fullName, status });

async function counts(results: unknown, status: string): Promise<{ lines: string[]; exitCode: number | undefined }> {
  const file = join(folder, `${Math.random()}.json`);
  if (results !== undefined) writeFileSync(file, JSON.stringify({ testResults: results }));
  const { stdout, exitCode } = await execa("node", [".ci/counts.js", file, status], { reject: false });
  return { lines: stdout.split("\n"), exitCode };
}

it("counts what passed", async () => {
  const results = [{ status: "passed", assertionResults: [test("a", "passed"), test("b", "passed")] }];
  expect(await counts(results, "0")).toEqual({ lines: ["2 passed, 0 failed"], exitCode: 0 });
});

it("names what failed and what was skipped", async () => {
  const results = [
    { status: "failed", assertionResults: [test("a", "passed"), test("b", "failed"), test("tmux c", "skipped")] },
  ];
  expect(await counts(results, "1")).toEqual({
    lines: ["failed: b", "skipped: tmux c", "1 passed, 1 failed, 1 skipped"],
    exitCode: 1,
  });
});

it("counts a file that does not load as one failure", async () => {
  const results = [{ status: "failed", name: "x.test.ts", assertionResults: [] }];
  expect(await counts(results, "1")).toEqual({ lines: ["failed: x.test.ts", "0 passed, 1 failed"], exitCode: 1 });
});

it("never passes where the checks before the tests failed, or an error came from outside them", async () => {
  expect(await counts(undefined, "2")).toEqual({ lines: ["0 passed, 1 failed"], exitCode: 1 });
  const results = [{ status: "passed", assertionResults: [test("a", "passed")] }];
  expect(await counts(results, "1")).toEqual({ lines: ["1 passed, 1 failed"], exitCode: 1 });
});
