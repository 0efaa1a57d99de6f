import type { CommandModule } from "yargs";
import { apply, type Outcome } from "../clients/apply.ts";
import { discover } from "../clients/discover.ts";
import type { Plan } from "../clients/edit.ts";
import { installLauncher, isInstalled } from "../clients/launcher.ts";
import { planInstall } from "../clients/plan.ts";
import { ask, isTerminal } from "./plan/ask.ts";
import { checkServers, choiceOptions, chosenClients, projectChoice, serverChoice } from "./plan/choose.ts";
import { describePlan } from "./plan/describe-plan.ts";
import { installWish, knownFiles, thisMachine, type Machine } from "./plan/machine.ts";
import { printDiffs } from "./plan/print-diffs.ts";
import { printInstalled } from "./install/print-installed.ts";
import { printPlan } from "./plan/print-plan.ts";

type Options = {
  client: string[] | undefined;
  server: string[] | undefined;
  project: string | undefined;
  "dry-run": boolean;
  diff: boolean;
  yes: boolean;
  json: boolean;
};

/** Puts mcpguard in front of the local servers of every client, after showing what it will change. */
export const command: CommandModule<object, Options> = {
  command: "install",
  describe: "Guard the MCP servers of this machine's clients",
  builder: (args) =>
    args
      .options(choiceOptions)
      .option("project", {
        type: "string",
        coerce: projectChoice,
        describe: "Also the files of a project, by default of this folder [default: the user's files only]",
      })
      .option("dry-run", { type: "boolean", default: false, describe: "Show the plan, write nothing" })
      .option("diff", { type: "boolean", default: false, describe: "Show every change as a diff" })
      .option("yes", { alias: "y", type: "boolean", default: false, describe: "Do not ask" })
      .option("json", { type: "boolean", default: false, describe: "Print one JSON document" })
      .example("$0 install --dry-run --diff", "See what would change")
      .example("$0 install --client cursor codex --yes", "Two clients, without a question"),
  handler: install,
};

async function install(options: Options): Promise<void> {
  const machine = thisMachine(options.project);
  const known = knownFiles(machine).filter(({ scope }) => scope === "user");
  const documents = discover(machine.where, chosenClients(options), known);
  checkServers(options, documents);
  const plan = planInstall(documents, installWish(machine, serverChoice(options)));
  const isPending = !options["dry-run"] && needsWork(plan, machine);
  if (!options.json) show(plan, options.diff);
  const isAgreed = !isPending || options.yes || (await isConfirmed(plan, options.json));
  const outcomes = isAgreed && !options["dry-run"] ? carryOut(plan, machine, isPending) : undefined;
  if (options.json) printJson(plan, outcomes, machine, options);
  else if (!options["dry-run"]) printInstalled(plan, isPending ? outcomes : [], machine.home);
  process.exitCode = isAgreed ? Number((outcomes ?? plan).some(({ problem }) => problem !== undefined)) : 2;
  if (options["dry-run"]) process.exitCode = 0;
}

/** True where a file changes, or where the launcher is missing or starts another build than this one. */
function needsWork(plan: Plan, machine: Machine): boolean {
  if (plan.some(({ edit }) => edit !== undefined)) return true;
  const isUsed = plan.some(({ document }) => document.entries.some(({ marker }) => marker !== undefined));
  return isUsed && !isInstalled(machine.launcher, machine.source);
}

function show(plan: Plan, withDiff: boolean): void {
  printPlan(plan.map((file) => describePlan(file)));
  if (withDiff) printDiffs(plan);
}

async function isConfirmed(plan: Plan, json: boolean): Promise<boolean> {
  if (json || !isTerminal()) return false;
  return ask("Nothing has been written yet. Go on?", () => printDiffs(plan));
}

function carryOut(plan: Plan, machine: Machine, isPending: boolean): readonly Outcome[] {
  if (isPending) installLauncher(machine.launcher, machine.source, new Date());
  return apply(plan, machine.journal, machine.home);
}

function printJson(plan: Plan, outcomes: readonly Outcome[] | undefined, { home }: Machine, options: Options): void {
  const files = plan.map((file, index) => describePlan(file, outcomes?.[index], options.diff));
  const written = files.some(({ state }) => state === "written");
  console.log(JSON.stringify({ home, dryRun: options["dry-run"], written, files }, null, 2));
}
