import { html, type Html } from "../html/html.ts";
import type { DashboardStatus } from "../status.ts";
import { count } from "./words.ts";

const shown = 8;

/** The tools called most since the proxy started. */
export function topTools({ tools }: DashboardStatus): Html {
  const most = Object.entries(tools)
    .sort(([, one], [, other]) => other - one)
    .slice(0, shown);
  const peak = most[0]?.[1] ?? 1;
  if (most.length === 0)
    return html`<div class="tools">
      <h3>Top tools</h3>
      <p class="dim">No tool was called yet.</p>
    </div>`;
  return html`<div class="tools">
    <h3>Top tools</h3>
    <table>
      <thead class="unseen">
        <tr>
          <th scope="col">Tool</th>
          <th scope="col">Calls</th>
          <th scope="col">Share</th>
        </tr>
      </thead>
      <tbody>
        ${most.map(
          ([tool, calls]) =>
            html`<tr>
              <th scope="row">${tool}</th>
              <td>${count(calls)}</td>
              <td>
                <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
                  <rect class="bar" width="${Math.max(1, Math.round((100 * calls) / peak))}" height="8" />
                </svg>
              </td>
            </tr> `,
        )}
      </tbody>
    </table>
  </div>`;
}
