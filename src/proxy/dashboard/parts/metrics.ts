import { detectors } from "../../../detectors/index.ts";
import { actionNow } from "../../../policy/action-now.ts";
import { href } from "../html/href.ts";
import { html, type Html } from "../html/html.ts";
import type { DashboardStatus, Minute } from "../status.ts";
import { latencyChart } from "./latency-chart.ts";
import { topTools } from "./top-tools.ts";
import { trafficChart } from "./traffic-chart.ts";
import { count, duration } from "./words.ts";

const hourMs = 3_600_000;
const minuteMs = 60_000;

/** Counts, times and tools since the proxy started. The page asks for them anew every few seconds. */
export function metrics(status: DashboardStatus, moment: number): Html {
  const { counts, startedAt } = status;
  const facts: [string, string][] = [
    ["Requests", count(counts.requests)],
    ["Blocked", count(counts.blocked)],
    ["Injections", count(counts.injections)],
    ["Poisonings", count(counts.poisonings)],
    ["Anomalies", count(counts.anomalies)],
    ["Live connections", count(counts.streams)],
    ["Active rules", count(activeRules(status))],
    ["Uptime", duration(moment - startedAt)],
  ];
  const { since, minutes } = lastHour(status.recent, moment);
  return html`<section
    id="metrics"
    aria-labelledby="metrics-title"
    hx-get="${href("metrics")}"
    hx-trigger="every 5s"
    hx-swap="outerMorph"
  >
    <h2 id="metrics-title">Since this proxy started</h2>
    <dl class="counts">
      ${facts.map(
        ([name, value]) =>
          html`<div>
            <dt>${name}</dt>
            <dd>${value}</dd>
          </div>`,
      )}
    </dl>
    <div class="charts">
      ${trafficChart(minutes, since)} ${latencyChart(status, minutes, since)} ${topTools(status)}
    </div>
  </section>`;
}

/** The sixty minutes up to now; `since` is the first one's beginning. */
function lastHour(recent: readonly Minute[], moment: number): { since: number; minutes: readonly Minute[] } {
  const since = Math.floor(moment / minuteMs) * minuteMs - hourMs + minuteMs;
  return { since, minutes: recent.filter(({ at }) => at >= since && at <= moment) };
}

/** The detectors that any server's policy leaves on, and the entries of allow lists, deny lists and rate limits. */
function activeRules({ routes }: DashboardStatus): number {
  const rules = new Set<string>();
  for (const { policy } of routes) {
    for (const { meta } of detectors) if (actionNow(policy, meta.id).hard !== "off") rules.add(meta.id);
    for (const pattern of policy.allow) rules.add(`allow ${pattern}`);
    for (const pattern of policy.deny) rules.add(`deny ${pattern}`);
    for (const { method, limit, windowMs } of policy.rateLimits) rules.add(`limit ${method} ${limit} ${windowMs}`);
  }
  return rules.size;
}
