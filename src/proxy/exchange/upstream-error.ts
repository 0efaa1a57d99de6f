import { errorCode } from "../../core/errors.ts";
import type { EventDraft } from "../../core/event.ts";
import { sessionEvent } from "../../session/session-event.ts";

/** The event of an upstream that gave no answer. */
export function upstreamError(server: string, what: string, method: string | undefined, error?: Error): EventDraft {
  const code = error === undefined ? "" : errorCode(error) || error.name;
  const draft = sessionEvent("upstream_error", `${server} ${what}`, code === "" ? {} : { code });
  return { ...draft, severity: "medium", direction: "to-client", method: method ?? null };
}
