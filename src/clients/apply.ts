import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { GuardError } from "../core/errors.ts";
import type { Journal } from "../state/journal.ts";
import { withLock } from "../state/lock.ts";
import type { FilePlan, Plan } from "./edit.ts";
import { holds, overtaken, removeLeftovers, replaceFile } from "./replace-file.ts";

/** What became of one planned file. */
export type Outcome = { plan: FilePlan; written: boolean; problem: GuardError | undefined };

/**
 * Carries a plan out, file by file: the journal and the original bytes first, then the file itself. A file that
 * fails is reported and left as it was; the others are still done.
 */
export function apply(plan: Plan, journal: Journal, home: string): readonly Outcome[] {
  return plan.map((file) => {
    const { edit, problem, document } = file;
    removeLeftovers(document.real);
    if (edit === undefined) return { plan: file, written: false, problem };
    try {
      underLock(home, () => carryOut(file, edit, journal));
      return { plan: file, written: true, problem: undefined };
    } catch (error) {
      if (!(error instanceof GuardError)) throw error;
      return { plan: file, written: false, problem: error };
    }
  });
}

function carryOut({ record, known }: FilePlan, edit: NonNullable<FilePlan["edit"]>, journal: Journal): void {
  const { file, before, after, original } = edit;
  const current = journal.read().record(file);
  // What the plan counted on is gone; where another run has done the same, all is well.
  if (!isDeepStrictEqual(current, known) && !holds(file, after)) throw overtaken(file);
  const isUndone = after === original;
  if (!isUndone && record !== undefined) journal.remember(file, record, original, after);
  try {
    replaceFile(file, before, after);
  } catch (error) {
    if (!isUndone && !holds(file, after)) journal.putBack(file, current);
    throw error;
  }
  if (isUndone) journal.forget(file);
}

/** Makes the journal forget the files in which nothing of mcpguard is left. */
export function forgetUndone(plan: Plan, journal: Journal, home: string): void {
  const { record } = journal.read();
  const clean = plan.filter(({ document, edit, problem }) => {
    const isClean = document.entries.every(({ marker }) => marker === undefined);
    return edit === undefined && problem === undefined && isClean && record(document.real) !== undefined;
  });
  if (clean.length === 0) return;
  underLock(home, () => {
    for (const { document } of clean) {
      // An install may have been here since.
      if (holds(document.real, document.text)) journal.forget(document.real);
    }
  });
}

function underLock(home: string, run: () => void): void {
  withLock(join(home, "state", "install.lock"), run, 10_000);
}
