import type { Decision } from "../../../core/pending.ts";
import { html, type Html } from "../html/html.ts";
import { formDiff } from "./form-diff.ts";
import { formLines } from "./form-lines.ts";
import { moment, plural } from "./words.ts";

const shownAtMost = 10;

/** What people decided about a server, newest first, each with what it was about. */
export function decisions(made: readonly Decision[]): Html | undefined {
  if (made.length === 0) return undefined;
  return html`<h3>${plural(made.length, "decision")}</h3>
    <ul class="pins">
      ${made.slice(-shownAtMost).reverse().map(decision)}
    </ul>`;
}

function decision({ decision: choice, at, item }: Decision): Html {
  const { kind, name, before, after } = item;
  const mark = choice === "approve" ? "✓" : "✕";
  return html`<li>
    <details>
      <summary>
        <span aria-hidden="true">${mark}</span> ${choice === "approve" ? "approved" : "denied"} ${kind} <b>${name}</b>
        <span class="dim">${moment(Date.parse(at))}</span>
      </summary>
      ${before === null ? formLines(after) : formDiff(before, after)}
    </details>
  </li> `;
}
