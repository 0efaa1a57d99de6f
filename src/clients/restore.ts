import type { Step } from "../core/client.ts";
import { sha256 } from "../state/journal.ts";
import type { ConfigDocument } from "./discover.ts";
import { planEdit, planned, untouched, type Plan } from "./edit.ts";
import { undo, type Past } from "./original.ts";

/**
 * Takes mcpguard out of every chosen entry: a file that was not touched since install gets its bytes back, in any
 * other the entries are undone one by one and everything else stays. Pure: nothing is written.
 */
export function planUninstall(
  documents: readonly ConfigDocument[],
  past: Past,
  isWanted: (server: string) => boolean,
): Plan {
  return documents.map((document) => {
    if (document.problem !== undefined) return untouched(document, []);
    const steps = document.entries.flatMap((entry): Step[] => {
      if (entry.marker === undefined) return [];
      if (entry.marker.remote) return [{ entry, action: "keep", why: "remote: change it back by hand" }];
      return [
        isWanted(entry.name) ? { entry, action: "unwrap", why: "" } : { entry, action: "keep", why: "not chosen" },
      ];
    });
    const chosen = steps.filter(({ action }) => action === "unwrap");
    if (chosen.length === 0) return untouched(document, steps);
    const kept = past.original(document.real, sha256(document.text));
    if (kept !== undefined && chosen.length === steps.length) {
      return { ...planned(document, steps, { after: kept, original: kept }, past), isExact: true };
    }
    const record = past.record(document.real);
    return planEdit(
      document,
      steps,
      chosen.map(({ entry }) => undo(document, entry, record)),
      past,
    );
  });
}
