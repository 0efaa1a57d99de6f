import { execa } from "execa";
import type { InstalledSuites } from "../install-suites.ts";
import { root } from "../root.ts";
import type { Count } from "../run-suite.ts";
import type { Variant } from "./start-in-front.ts";

const release = "0.2.0-alpha.12";
const here = "test/conformance/client";

/** All scenarios in which the suite is the server. */
export async function listScenarios({ node, entry }: InstalledSuites): Promise<string[]> {
  const { stdout } = await execa(node, [entry(release), "list", "--client"]);
  return [...stdout.matchAll(/^ +- (\S+)/gm)].map(([, name = ""]) => name);
}

/** Tests our client against a scenario, directly or through the proxy. */
export async function runScenario(
  { node, entry }: InstalledSuites,
  scenario: string,
  variant: Variant | "direct",
): Promise<Count> {
  const tsx = "node --import tsx";
  const client = `${here}/client.ts`;
  const command = variant === "direct" ? `${tsx} ${client}` : `${tsx} ${here}/proxied.ts ${variant} ${client}`;
  const args = [entry(release), "client", "--scenario", scenario, "--command", command, "--timeout", "90000"];
  const { all } = await execa(node, args, { cwd: root, all: true, reject: false, timeout: 120_000, stdin: "ignore" });
  const [, passed, failed] = /^Passed: (\d+)\/\d+, (\d+) failed/m.exec(all) ?? [];
  if (passed === undefined) throw new Error(`${scenario} came to no end:\n${all.slice(-2000)}`);
  return { passed: Number(passed), failed: Number(failed) };
}
