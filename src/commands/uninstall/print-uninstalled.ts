import type { Outcome } from "../../clients/apply.ts";
import { sha256 } from "../../state/journal.ts";
import { harmless } from "../../text/harmless.ts";

/** What a person needs to know after `uninstall`. `outcomes` undefined: they did not agree; empty: nothing was to do. */
export function printUninstalled(outcomes: readonly Outcome[] | undefined, home: string): void {
  if (outcomes === undefined) {
    console.log("Nothing was written. Run again with --yes to go on without a question.");
    return;
  }
  for (const outcome of outcomes) printOutcome(outcome);
  if (outcomes.length === 0) console.log("Nothing to undo.");
  if (!outcomes.some(({ written }) => written)) return;
  const remove = process.platform === "win32" ? `rmdir /s /q "${home}"` : `rm -rf '${home.replaceAll("'", `'\\''`)}'`;
  console.log(
    "Restart the clients. mcpguard's own folder stays, since running clients still use it; later you can delete it:",
  );
  console.log(`  ${harmless(remove)}`);
}

function printOutcome({ plan, written, problem }: Outcome): void {
  const { client, path } = plan.document;
  if (problem && !plan.problem)
    console.log(`✗ ${client.meta.title}: ${harmless(problem.message)}\n    ${harmless(problem.fix)}`);
  if (!written || plan.edit === undefined) return;
  const how = plan.isExact
    ? `restored, identical to the original (sha256 ${sha256(plan.edit.after).slice(0, 12)})`
    : "servers released; what else was changed since install stays";
  console.log(`✓ ${client.meta.title}   ${harmless(path)}   ${how}`);
}
