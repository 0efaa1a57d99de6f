import { html, type Html } from "../html/html.ts";
import type { Minute } from "../status.ts";
import { clock, count, plural } from "./words.ts";

const slots = 60;
const slotWidth = 6;
const above = 66;
const below = 26;

/** Requests of each minute above a line, those stopped below it: told by place, not by colour. */
export function trafficChart(minutes: readonly Minute[], since: number): Html {
  const peak = Math.max(1, ...minutes.map(({ requests }) => requests));
  const worst = Math.max(1, ...minutes.map(({ blocked }) => blocked));
  const total = minutes.reduce((sum, { requests }) => sum + requests, 0);
  const stopped = minutes.reduce((sum, { blocked }) => sum + blocked, 0);
  return html`<figure class="chart">
    <figcaption id="traffic-title">Requests per minute <span class="dim">last hour</span></figcaption>
    <svg
      viewBox="0 0 ${slots * slotWidth} ${above + below + 2}"
      preserveAspectRatio="none"
      role="img"
      aria-labelledby="traffic-title traffic-desc"
    >
      <desc id="traffic-desc">
        ${plural(total, "request")} in the last hour, at most ${count(peak)} a minute; ${count(stopped)} stopped.
      </desc>
      ${minutes.map((minute) => bars(minute, since, peak, worst))}
      <rect class="axis" x="0" y="${above}" width="${slots * slotWidth}" height="1" />
    </svg>
    <p class="scale dim">
      <span>${clock(since)}</span>
      <span>${plural(total, "request")}, peak ${count(peak)} · <b class="stopped">▼ ${count(stopped)} stopped</b></span>
      <span>now</span>
    </p>
    ${table(minutes)}
  </figure>`;
}

function bars({ at, requests, blocked }: Minute, since: number, peak: number, worst: number): Html {
  const x = Math.round((at - since) / 60_000) * slotWidth;
  const up = round((requests / peak) * (above - 2));
  const down = round((blocked / worst) * (below - 2));
  return html`<g>
    <title>${clock(at)}: ${plural(requests, "request")}, ${count(blocked)} stopped</title>
    <rect class="bar" x="${x}" y="${round(above - up)}" width="${slotWidth - 1}" height="${up}" />${
      blocked > 0 &&
      html`<rect class="bar stopped" x="${x}" y="${above + 1}" width="${slotWidth - 1}" height="${down}" />`
    }</g
  > `;
}

function table(minutes: readonly Minute[]): Html {
  const busy = minutes.filter(({ requests, blocked }) => requests + blocked > 0);
  return html`<details>
    <summary>Requests as a table</summary>
    <table>
      <thead>
        <tr>
          <th scope="col">Minute</th>
          <th scope="col">Requests</th>
          <th scope="col">Stopped</th>
        </tr>
      </thead>
      <tbody>
        ${busy.map(
          ({ at, requests, blocked }) =>
            html`<tr>
              <th scope="row">${clock(at)}</th>
              <td>${count(requests)}</td>
              <td>${count(blocked)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </details>`;
}

function round(length: number): number {
  return Math.round(length * 10) / 10;
}
