import { href } from "../html/href.ts";
import { html, type Html } from "../html/html.ts";
import type { Day } from "../reading/today.ts";
import { count, plural } from "./words.ts";

/** What was stopped today, by kind; each kind leads to its events. */
export function stoppedToday({ start, all, blocked, isComplete }: Day): Html {
  const since = new Date(start).toISOString();
  const kinds = Object.entries(blocked.types);
  const grave = (all.severities["critical"] ?? 0) + (all.severities["high"] ?? 0);
  return html`<article class="answer ${blocked.blocked > 0 && "bad"}">
    <h2>Stopped today</h2>
    <p class="big">
      ${blocked.blocked > 0 ? html`<span aria-hidden="true">■</span> ${count(blocked.blocked)}` : "Nothing"}
    </p>
    <ul>
      ${kinds.slice(0, 5).map(([type, number]) => html`<li><a href="${href("", { type, since })}#feed">${type.replaceAll("_", " ")}</a> <b>${count(number)}</b></li>`)}
    </ul>
    <p class="dim">
      ${isComplete ? "" : "Still reading the log. "}${plural(all.events, "event")} today,
      <a href="${href("", { severity: "critical,high", since })}#feed">${count(grave)} of high severity or above</a>.
    </p>
  </article>`;
}
