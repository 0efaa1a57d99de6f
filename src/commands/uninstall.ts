import type { CommandModule } from "yargs";
import { apply, forgetUndone, type Outcome } from "../clients/apply.ts";
import { discover } from "../clients/discover.ts";
import type { Plan } from "../clients/edit.ts";
import { planUninstall } from "../clients/restore.ts";
import { ask, isTerminal } from "./plan/ask.ts";
import { checkServers, choiceOptions, chosenClients, serverChoice } from "./plan/choose.ts";
import { describePlan } from "./plan/describe-plan.ts";
import { knownFiles, thisMachine, type Machine } from "./plan/machine.ts";
import { printDiffs } from "./plan/print-diffs.ts";
import { printPlan } from "./plan/print-plan.ts";
import { printUninstalled } from "./uninstall/print-uninstalled.ts";

type Options = {
  client: string[] | undefined;
  server: string[] | undefined;
  yes: boolean;
  json: boolean;
  check: boolean;
};

/** Takes mcpguard out of every configuration; also where its own folder is lost. */
export const command: CommandModule<object, Options> = {
  command: "uninstall",
  describe: "Put every client configuration back",
  builder: (args) =>
    args
      .options(choiceOptions)
      .option("yes", { alias: "y", type: "boolean", default: false, describe: "Do not ask" })
      .option("json", { type: "boolean", default: false, describe: "Print one JSON document" })
      .option("check", {
        type: "boolean",
        default: false,
        describe: "Write nothing; exit 1 where a configuration still holds mcpguard",
      }),
  handler: uninstall,
};

async function uninstall(options: Options): Promise<void> {
  const machine = thisMachine("");
  const documents = discover(machine.where, chosenClients(options), knownFiles(machine));
  if (!options.check) checkServers(options, documents);
  const plan = planUninstall(documents, machine.journal.read(), serverChoice(options));
  if (options.check) return check(plan, options.json);
  const isPending = plan.some(({ edit }) => edit !== undefined);
  if (!options.json) printGuarded(plan);
  const isAgreed = !isPending || options.yes || (await isConfirmed(plan, options.json));
  const outcomes = isAgreed ? carryOut(plan, machine) : undefined;
  if (options.json) printJson(plan, outcomes, machine);
  else printUninstalled(isPending ? outcomes : [], machine.home);
  process.exitCode = isAgreed ? Number(plan.some((_, index) => outcomes?.[index]?.problem !== undefined)) : 2;
}

async function isConfirmed(plan: Plan, json: boolean): Promise<boolean> {
  if (json || !isTerminal()) return false;
  return ask("Nothing has been written yet. Go on?", () => printDiffs(plan));
}

function carryOut(plan: Plan, { journal, home }: Machine): readonly Outcome[] {
  const outcomes = apply(plan, journal, home);
  forgetUndone(plan, journal, home);
  return outcomes;
}

/** A file that cannot be parsed counts where it names mcpguard, or where it cannot even be read. */
function check(plan: Plan, json: boolean): void {
  const found = plan.filter(({ document, problem }) => {
    if (problem !== undefined)
      return document.text === "" ? problem.code !== "CONFIG_EMPTY" : document.text.includes("mcpguard");
    return document.entries.some(({ marker }) => marker !== undefined);
  });
  if (json)
    console.log(JSON.stringify({ clean: found.length === 0, files: found.map((file) => describePlan(file)) }, null, 2));
  else if (found.length === 0) console.log("No configuration holds mcpguard.");
  else printGuarded(found, { unwrap: "guarded:" });
  process.exitCode = Number(found.length > 0);
}

function printGuarded(plan: Plan, words?: Readonly<Record<string, string>>): void {
  const files = plan.map((file) => describePlan(file)).filter(({ servers, problem }) => problem ?? servers.length > 0);
  printPlan(files, "mcpguard stands in", words);
}

function printJson(plan: Plan, outcomes: readonly Outcome[] | undefined, { home }: Machine): void {
  const files = plan.map((file, index) => describePlan(file, outcomes?.[index]));
  const written = files.some(({ state }) => state === "written");
  console.log(JSON.stringify({ home, written, files }, null, 2));
}
