import { join } from "node:path";
import type { Outcome } from "../../clients/apply.ts";
import type { Plan } from "../../clients/edit.ts";
import { harmless } from "../../text/harmless.ts";
import { gitNote } from "./git-note.ts";

/** What a person needs to know after `install`. `outcomes` undefined: they did not agree; empty: nothing was to do. */
export function printInstalled(plan: Plan, outcomes: readonly Outcome[] | undefined, home: string): void {
  if (plan.length === 0) {
    console.log("No MCP client was found on this machine. Next: npx mcpguard demo shows the guard at work.");
    return;
  }
  if (outcomes === undefined) {
    console.log("Nothing was written. Run again with --yes to go on without a question.");
    return;
  }
  for (const outcome of outcomes) printOutcome(outcome);
  const wrote = outcomes.some(({ written }) => written);
  const isProtected = wrote || plan.some(({ document }) => document.entries.some(({ marker }) => marker));
  if (outcomes.length === 0)
    console.log(isProtected ? "Nothing to do." : "Nothing to protect. Next: npx mcpguard demo");
  if (wrote) console.log(`Original files: ${harmless(join(home, "backups"))}`);
  if (isProtected)
    console.log(
      "Watch: npx mcpguard tui     Check: npx mcpguard doctor     Undo, byte for byte: npx mcpguard uninstall",
    );
}

function printOutcome({ plan, written, problem }: Outcome): void {
  const { client, path, scope, real } = plan.document;
  if (problem && !plan.problem)
    console.log(`✗ ${client.meta.title}: ${harmless(problem.message)}\n    ${harmless(problem.fix)}`);
  if (!written) return;
  console.log(`✓ ${client.meta.title}   ${harmless(path)}   to take effect: ${client.meta.restart}`);
  const note = scope === "project" ? gitNote(real) : undefined;
  if (note !== undefined) console.log(`    ${note}`);
}
