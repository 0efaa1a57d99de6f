import { execa } from "execa";
import { show } from "../compare.ts";
import { installSuites, type InstalledSuites } from "../install-suites.ts";
import { root } from "../root.ts";
import type { Count } from "../run-suite.ts";
import { listScenarios, runScenario } from "./run-scenario.ts";
import { variants } from "./start-in-front.ts";

const columns = ["direct", ...variants] as const;
type Column = (typeof columns)[number];

/**
 * `npm run conformance:client [-- WORD…]`: what the suite says of our client, directly and through the proxy in each of
 * its ways with logins; only scenarios and columns that a word names, where there are words.
 */
async function main(words: readonly string[]): Promise<void> {
  const installed = await installSuites();
  await execa("node", ["build.js"], { cwd: root });
  const wanted = columns.filter((column) => words.includes(column));
  const names = words.filter((word) => !columns.some((column) => column === word));
  const scenarios = (await listScenarios(installed)).filter(
    (scenario) => names.length === 0 || names.some((name) => scenario.includes(name)),
  );
  await count(installed, scenarios, wanted.length === 0 ? columns : wanted);
}

async function count(
  installed: InstalledSuites,
  scenarios: readonly string[],
  shown: readonly Column[],
): Promise<void> {
  row("scenario (passed/failed)", shown);
  const sums = new Map(shown.map((column) => [column, { passed: 0, failed: 0 }]));
  for (const scenario of scenarios) {
    const counts = new Map<Column, Count>();
    for (const column of shown) {
      const counted = await runScenario(installed, scenario, column);
      counts.set(column, counted);
      const sum = sums.get(column) ?? { passed: 0, failed: 0 };
      sums.set(column, { passed: sum.passed + counted.passed, failed: sum.failed + counted.failed });
    }
    row(
      scenario,
      shown.map((column) => show(counts.get(column) ?? { passed: 0, failed: 0 })),
    );
  }
  row(
    "all",
    shown.map((column) => show(sums.get(column) ?? { passed: 0, failed: 0 })),
  );
}

function row(name: string, cells: readonly string[]): void {
  console.log([name.padEnd(44), ...cells.map((cell) => cell.padEnd(10))].join("").trimEnd());
}

await main(process.argv.slice(2));
