import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { onTestFinished } from "vitest";

export const cli = fileURLToPath(new URL("../../src/cli.ts", import.meta.url));

/** A home of mcpguard that is removed when the test ends. */
export function temporaryHome(): string {
  const { home, remove } = makeHome();
  onTestFinished(remove);
  return home;
}

/** The same for many tests: `remove` is left to the caller. */
export function makeHome(): { home: string; remove(): void } {
  const home = mkdtempSync(join(tmpdir(), "mcpguard-home-"));
  return { home, remove: () => rmSync(home, { recursive: true, force: true }) };
}

/** Runs a verb as a person would, with `home` as mcpguard's home. */
export async function runCli(
  home: string,
  ...args: string[]
): Promise<{ code: number | undefined; out: string; err: string }> {
  const env = { HOME: home, USERPROFILE: home, MCPGUARD_HOME: home };
  const result = await execa(process.execPath, ["--import", "tsx", cli, ...args], {
    env,
    reject: false,
    timeout: 20_000,
  });
  return { code: result.exitCode, out: result.stdout, err: result.stderr };
}
