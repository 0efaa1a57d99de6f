import type { EventDraft } from "../core/event.ts";
import { defaultPolicy, type Policy } from "../core/policy.ts";
import { detectors } from "../detectors/index.ts";
import { findConfig } from "../policy/find.ts";
import { watchPolicy } from "../policy/watch.ts";
import { sessionEvent } from "../session/session-event.ts";
import { warnOnce } from "../session/warn-once.ts";

/**
 * The rules to begin with: those of the configuration file, or the default ones where there is none
 * or it is broken. Later changes of the file go to `onChange`.
 */
export function loadFirstPolicy(
  home: string,
  server: string,
  onChange: (policy: Policy, note: EventDraft) => void,
): Promise<Policy> {
  return new Promise((resolve) => {
    let isFirst = findConfig(home) !== undefined;
    let current = defaultPolicy;
    if (!isFirst) resolve(defaultPolicy);
    const use = (policy: Policy, note: EventDraft): void => {
      current = policy;
      if (isFirst) resolve(policy);
      else onChange(policy, note);
      isFirst = false;
    };
    watchPolicy({
      home,
      server,
      detectors: detectors.map(({ meta }) => meta.id),
      onPolicy: (policy, warnings) => {
        for (const warning of warnings) warnOnce(warning);
        use(policy, sessionEvent("config_reload", "The configuration changed; its rules hold from here on", {}));
      },
      onError: (error) => {
        warnOnce(error);
        use(current, {
          ...sessionEvent("config_reload", "The configuration cannot be used; the rules before it stay", {
            error: error.code,
          }),
          severity: "medium",
        });
      },
    });
  });
}
