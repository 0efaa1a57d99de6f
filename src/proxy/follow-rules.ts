import { GuardError } from "../core/errors.ts";
import type { EventDraft } from "../core/event.ts";
import { say } from "../process/stderr.ts";
import { sessionEvent } from "../session/session-event.ts";
import type { Mounted } from "./mounted.ts";
import type { PolicySource } from "./proxy-options.ts";

/** Gives running sessions the rules as they change, and says so; returns a stop. */
export function followRules(policies: PolicySource, mounts: readonly Mounted[]): () => void {
  return policies.follow(
    (notes) => {
      for (const { route } of mounts) route.applyPolicy();
      for (const note of notes) say(note);
      tell(
        mounts,
        sessionEvent("config_reload", "The configuration changed; its rules hold from here on", { notes: [...notes] }),
      );
    },
    (error) => {
      const why = error instanceof GuardError ? `${error.message} ${error.fix}` : String(error);
      say(`the configuration cannot be used, the rules before it stay: ${why}`);
      const draft = sessionEvent("config_reload", "The configuration cannot be used; the rules before it stay", {
        why,
      });
      tell(mounts, { ...draft, severity: "medium" });
    },
  );
}

function tell(mounts: readonly Mounted[], draft: EventDraft): void {
  for (const { route } of mounts) route.note(draft);
}
