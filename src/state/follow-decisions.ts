import { statSync } from "node:fs";
import type { Decision } from "../core/pending.ts";
import { decisionFolder } from "./decision-file.ts";
import { readDecisions } from "./decisions.ts";

/** Time stamps of files may be as coarse as this. */
const coarsestMs = 2000;

/**
 * Calls `onDecision` once for each decision about a pin set that is not among the ids in `known`, first at once and then
 * every `everyMs` by a look at the folder's modification time. The timer keeps no process alive; the result stops it.
 */
export function followDecisions(
  home: string,
  pinSet: string,
  onDecision: (decision: Decision) => void,
  everyMs: number,
  known: Iterable<string> = [],
): () => void {
  const seen = new Set(known);
  const folder = decisionFolder(home, pinSet);
  let lastChange = -1;

  function look(): void {
    for (const decision of readChanged()) {
      if (seen.has(decision.id)) continue;
      seen.add(decision.id);
      onDecision(decision);
    }
  }

  function readChanged(): readonly Decision[] {
    try {
      const changed = statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? 0;
      if (changed === lastChange && Date.now() - changed > coarsestMs) return [];
      lastChange = changed;
      return readDecisions(home, pinSet);
    } catch {
      // A state folder that cannot be read must not end the session; the next look tries again.
      return [];
    }
  }

  look();
  const timer = setInterval(look, everyMs).unref();
  return () => clearInterval(timer);
}
