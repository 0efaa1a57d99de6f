import { execa } from "execa";
import type { InstalledSuites } from "./install-suites.ts";
import type { Suite } from "./suites.ts";

export type Count = { readonly passed: number; readonly failed: number };
export type Outcome = Count & { readonly scenarios: ReadonlyMap<string, Count> };

const scenarioLine = /^[✓✗] (\S+): (\d+) passed, (\d+) failed$/gm;

/** Runs a suite against the server at `url`. What it exits with says nothing, only whole counts do. */
export async function runSuite(installed: InstalledSuites, suite: Suite, url: string): Promise<Outcome> {
  const { all } = await execa(installed.node, [installed.entry(suite.release), "server", "--url", url, ...suite.args], {
    all: true,
    reject: false,
    timeout: 120_000,
    stdin: "ignore",
  });
  const scenarios = new Map<string, Count>();
  for (const [, name = "", passed, failed] of all.matchAll(scenarioLine)) {
    scenarios.set(name, { passed: Number(passed), failed: Number(failed) });
  }
  if (scenarios.size === 0) throw new Error(`Suite ${suite.name} came to no end:\n${all.slice(-2000)}`);
  const counts = [...scenarios.values()];
  return {
    passed: counts.reduce((sum, { passed }) => sum + passed, 0),
    failed: counts.reduce((sum, { failed }) => sum + failed, 0),
    scenarios,
  };
}
