import { execa } from "execa";
import { differences, isFine, show, type Measured } from "./compare.ts";
import { installSuites } from "./install-suites.ts";
import { root } from "./root.ts";
import { runProxied } from "./run-proxied.ts";
import { runSuite } from "./run-suite.ts";
import { endpointOf, startFixture } from "./start-servers.ts";
import { suites } from "./suites.ts";

/** `npm run conformance [-- --direct-only]`: the suites against the fixture, then through the proxy, counted side by side. */
async function main(isDirectOnly: boolean): Promise<void> {
  const installed = await installSuites();
  if (!isDirectOnly) await execa("node", ["build.js"], { cwd: root });
  const fixture = await startFixture();
  const results: Measured[] = [];
  try {
    for (const suite of suites) {
      const direct = await runSuite(installed, suite, endpointOf(fixture));
      const proxied = isDirectOnly ? undefined : await runProxied(installed, suite, fixture);
      results.push({ suite, direct, proxied });
    }
  } finally {
    await fixture.stop();
  }
  print(results);
  process.exitCode = results.every(isFine) ? 0 : 1;
}

function print(results: readonly Measured[]): void {
  const row = (...cells: readonly string[]) =>
    console.log(
      cells
        .map((cell) => cell.padEnd(28))
        .join("")
        .trimEnd(),
    );
  row("suite (passed/failed)", "direct", "proxied");
  for (const { suite, direct, proxied } of results) row(suite.name, show(direct), proxied ? show(proxied) : "-");
  for (const result of results) {
    for (const line of differences(result)) console.log(`${result.suite.name} ${line}`);
  }
}

await main(process.argv.includes("--direct-only"));
