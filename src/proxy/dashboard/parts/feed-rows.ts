import type { Direction } from "../../../core/message.ts";
import { href } from "../html/href.ts";
import { html, type Html } from "../html/html.ts";
import type { Shown } from "../reading/question.ts";
import { verdict } from "./verdict.ts";

/** The rows of the feed, as given. */
export function feedRows(shown: readonly Shown[]): Html {
  return html`${shown.map(feedRow)}`;
}

function feedRow({ row, word }: Shown): Html {
  const where = [row.severity, row.server, row.tool].filter((text) => text !== "").join(" · ");
  return html`<tr class="${word}">
    <td class="time"><time datetime="${row.event.timestamp}" title="${row.event.timestamp}">${row.time}</time></td>
    <td>${verdict(word)}</td>
    <td class="wide severity ${row.severity}">${row.severity}</td>
    <td class="wide name">${row.server}</td>
    <td class="wide way">${way(row.event.direction)}</td>
    <td class="wide dim name">${row.method}</td>
    <td class="wide name">${row.tool}</td>
    <td class="what">${told(row.id, row.what)}<small class="narrow dim">${where}</small></td>
  </tr> `;
}

/** Where its id is known, an event has a page. */
function told(id: string, what: string): Html {
  return id === ""
    ? html`${what}`
    : html`<a href="${href("event", { id })}">${what === "" ? "(no message)" : what}</a>`;
}

function way(direction: Direction | null): Html | undefined {
  if (direction === "to-server") return html`<span aria-hidden="true">→</span><span class="unseen">to server</span>`;
  if (direction === "to-client") return html`<span aria-hidden="true">←</span><span class="unseen">to client</span>`;
  return undefined;
}
