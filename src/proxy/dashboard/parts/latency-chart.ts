import { html, type Html } from "../html/html.ts";
import type { DashboardStatus, Minute } from "../status.ts";
import { clock, milliseconds } from "./words.ts";

const width = 360;
const height = 94;
const slots = 60;

type Quantile = "p50" | "p95";

/** What the guard added to each minute's requests: the middle as a line, the slow end as a dashed one. */
export function latencyChart({ latency }: DashboardStatus, minutes: readonly Minute[], since: number): Html {
  const most = Math.max(0.001, ...minutes.map(({ p95 }) => p95 ?? 0));
  const overall =
    latency === null
      ? "nothing measured yet"
      : `half within ${milliseconds(latency.p50)}, 95 % within ${milliseconds(latency.p95)}`;
  return html`<figure class="chart">
    <figcaption id="latency-title">Time added by the guard <span class="dim">last hour</span></figcaption>
    <svg
      viewBox="0 0 ${width} ${height}"
      preserveAspectRatio="none"
      role="img"
      aria-labelledby="latency-title latency-desc"
    >
      <desc id="latency-desc">Since the start: ${overall}.</desc>
      ${line("p95", minutes, since, most)}${line("p50", minutes, since, most)}
      <rect class="axis" x="0" y="${height - 1}" width="${width}" height="1" />
    </svg>
    <p class="scale dim"><span>${clock(since)}</span> <span>${legend(latency)}</span> <span>now</span></p>
    ${table(minutes)}
  </figure>`;
}

function legend(latency: DashboardStatus["latency"]): Html | string {
  if (latency === null) return "nothing measured yet";
  return html`━ p50 <b>${milliseconds(latency.p50)}</b> · ┅ p95 <b>${milliseconds(latency.p95)}</b>`;
}

/** One path; a minute without a measurement breaks it. */
function line(quantile: Quantile, minutes: readonly Minute[], since: number, most: number): Html {
  const points: string[] = [];
  let isBroken = true;
  let last = -1;
  for (const minute of minutes) {
    const slot = Math.round((minute.at - since) / 60_000);
    const value = minute[quantile];
    if (value === null || slot !== last + 1) isBroken = true;
    last = slot;
    if (value === null) continue;
    const x = Math.round(((slot + 0.5) / slots) * width);
    const y = Math.round((height - 4 - (value / most) * (height - 10)) * 10) / 10;
    // A minute alone is a dot: a line of no length with round ends.
    points.push(isBroken ? `M${x} ${y}h0` : `L${x} ${y}`);
    isBroken = false;
  }
  return html`<path class="line ${quantile}" vector-effect="non-scaling-stroke" d="${points.join("")}" />`;
}

function table(minutes: readonly Minute[]): Html {
  const measured = minutes.filter(({ p50, p95 }) => p50 !== null && p95 !== null);
  return html`<details>
    <summary>Times as a table</summary>
    <table>
      <thead>
        <tr>
          <th scope="col">Minute</th>
          <th scope="col">p50</th>
          <th scope="col">p95</th>
        </tr>
      </thead>
      <tbody>
        ${measured.map(
          ({ at, p50, p95 }) =>
            html`<tr>
              <th scope="row">${clock(at)}</th>
              <td>${milliseconds(p50 ?? 0)}</td>
              <td>${milliseconds(p95 ?? 0)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </details>`;
}
