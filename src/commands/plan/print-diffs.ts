import type { Plan } from "../../clients/edit.ts";
import { harmless } from "../../text/harmless.ts";
import { fileDiff } from "./file-diff.ts";

/** The changes of a plan as unified diffs, safe to show on a terminal. */
export function printDiffs(plan: Plan): void {
  for (const { document, edit } of plan) {
    if (edit === undefined) continue;
    for (const line of fileDiff(document.path, edit).split("\n")) console.log(harmless(line));
  }
}
