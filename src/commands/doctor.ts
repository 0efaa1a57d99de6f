import type { CommandModule } from "yargs";
import { clients } from "../clients/index.ts";
import { discover } from "../clients/discover.ts";
import { planInstall } from "../clients/plan.ts";
import { harmless } from "../text/harmless.ts";
import { checkConfigFile, checkConfigs, checkLauncher, checkLog, checkNode, type Check } from "./doctor/checks.ts";
import { installWish, knownFiles, thisMachine } from "./plan/machine.ts";

type Options = { json: boolean };

/** Looks at everything that must be right for the guard to work; exit 1 where something is not. */
export const command: CommandModule<object, Options> = {
  command: "doctor",
  describe: "Check the installation, with a fix for each problem",
  builder: (args) => args.option("json", { type: "boolean", default: false, describe: "Print one JSON document" }),
  handler: async ({ json }) => {
    const checks = await runChecks();
    const ok = checks.every((check) => check.ok);
    if (json) console.log(JSON.stringify({ ok, checks }, null, 2));
    else for (const check of checks.filter(isTold)) print(check);
    process.exitCode = Number(!ok);
  },
};

async function runChecks(): Promise<readonly Check[]> {
  const machine = thisMachine("");
  const documents = discover(machine.where, clients, knownFiles(machine));
  const plan = planInstall(
    documents,
    installWish(machine, () => true),
  );
  return [
    checkNode(process.version),
    await checkLauncher(machine),
    ...checkConfigs(plan, machine),
    checkLog(machine.home),
    await checkConfigFile(machine.home),
  ];
}

/** A server that is well is counted in its file's line. */
function isTold({ name, ok }: Check): boolean {
  return !ok || !name.startsWith("server ");
}

function print({ ok, message, fix }: Check): void {
  console.log(`${ok ? "✓" : "✗"} ${harmless(message)}`);
  if (!ok) console.log(`    ${harmless(fix)}`);
}
