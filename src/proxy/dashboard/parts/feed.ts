import { href } from "../html/href.ts";
import { html, type Html } from "../html/html.ts";
import { placeWord, type Question } from "../reading/question.ts";
import type { Found } from "../reading/search.ts";
import { feedControls } from "./feed-controls.ts";
import { feedRows } from "./feed-rows.ts";

/** Rows on a page, and rows that a page keeps while new ones come in. */
export const rowsOnPage = 100;
export const rowsKept = 200;

const titles = ["Time", "Verdict", "Severity", "Server", "", "Method", "Tool", "What happened"];

/** The events that a question asks for, newest first. */
export function feed(question: Question, found: Found): Html {
  return html`<section id="feed" aria-labelledby="feed-title">
    <h2 id="feed-title">${question.before === undefined ? "Events" : "Older events"}</h2>
    ${feedControls(question)} ${feedTable(question, found)} ${pager(question, found)}
  </section>`;
}

export function feedTable(question: Question, found: Found): Html {
  return html`<table class="feed">
    <thead>
      <tr>
        ${titles.map(titleCell)}
      </tr>
    </thead>
    <tbody id="rows">
      ${feedBody(question, found)}
    </tbody>
  </table>`;
}

/** The rows, or a row that says why there are none. */
export function feedBody(question: Question, found: Found): Html {
  return found.shown.length === 0 ? emptyRow(question, found) : feedRows(found.shown);
}

function titleCell(title: string): Html {
  const isWide = !["Time", "Verdict", "What happened"].includes(title);
  const text = title === "" ? html`<span class="unseen">Way</span>` : title;
  return html`<th scope="col" ${isWide && html` class="wide"`}>${text}</th>`;
}

function emptyRow(question: Question, found: Found): Html {
  const { live: _, ...narrowing } = question;
  const isNarrowed = Object.keys(narrowing).length > 0;
  const words = found.isCut
    ? "Nothing found so far."
    : isNarrowed
      ? "No event matches."
      : "Nothing yet. The first message through the proxy shows here.";
  return html`<tr class="empty">
    <td colspan="8">${words}</td>
  </tr>`;
}

function pager(question: Question, { shown, next, isCut }: Found): Html {
  const newer =
    question.before !== undefined && html`<a href="${href("", { ...question, before: undefined })}#feed">newest</a>`;
  if (next === undefined) return html`<p class="pager">${newer}</p>`;
  const path = `${href("", { ...question, before: placeWord(next) })}#feed`;
  const searched = isCut && `Searched a part of the log, found ${shown.length}. `;
  return html`<p class="pager">${newer} ${searched}<a href="${path}">${isCut ? "search on" : "older"}</a></p>`;
}
