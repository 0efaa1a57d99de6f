import type { Outcome } from "../../engine/outcome.ts";
import type { RouteSession } from "../route-session.ts";

/** The headers of a refusal because of a rate limit; undefined where it was refused for another reason, or not at all. */
export function rateHeaders({ verdict }: Outcome, method: string, session: RouteSession, now: number) {
  const isLimited = verdict.findings.some(
    ({ finding, action }) => finding.detector === "rate-limit" && action === "block",
  );
  const limit = session.guard.policy.rateLimits.find((each) => each.method === "*" || each.method === method);
  if (!isLimited || limit === undefined) return undefined;
  const times = session.guard.memory.calls.get(method)?.recent ?? [];
  const oldest = times.find((time) => time > now - limit.windowMs) ?? now;
  const seconds = Math.max(1, Math.ceil((oldest + limit.windowMs - now) / 1000));
  return {
    "x-ratelimit-limit": String(limit.limit),
    "x-ratelimit-remaining": "0",
    "x-ratelimit-reset": String(seconds),
    "retry-after": String(seconds),
  };
}
