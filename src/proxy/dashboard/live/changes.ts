import type { Event } from "../../../core/event.ts";
import type { Context } from "../context.ts";
import { html, type Html } from "../html/html.ts";
import { feedBody, rowsKept, rowsOnPage } from "../parts/feed.ts";
import { feedRows } from "../parts/feed-rows.ts";
import { now } from "../parts/now.ts";
import { pickerOf, type Question, type Shown } from "../reading/question.ts";
import { search } from "../reading/search.ts";

/** What has changed on a page since the last call, as messages that htmx swaps in. */
export type Changes = {
  /** Takes in new events; of a flood only that there was one. */
  take(events: readonly Event[]): void;
  /** The feed's changes; undefined where there are none. */
  rows(): Promise<Html | undefined>;
  /** The first look, where it is not what it was. */
  firstLook(): Promise<Html | undefined>;
};

const countingMs = 200;
const waitingAgeMs = 800;

export function createChanges(context: Context, question: Question): Changes {
  let arrived: Event[] = [];
  /** All rows must be drawn anew: at first, after a flood, and when a decision changes what rows say. */
  let isStale = true;
  let waitedFor = "";
  let lastLook = "";

  function take(events: readonly Event[]): void {
    if (arrived.length + events.length > rowsOnPage) isStale = true;
    arrived = isStale ? [] : [...arrived, ...events];
  }

  async function rows(): Promise<Html | undefined> {
    const { ids } = context.waiting.look(waitingAgeMs);
    const waitsFor = [...ids].join();
    const events = arrived;
    arrived = [];
    if (isStale || waitsFor !== waitedFor) {
      isStale = false;
      waitedFor = waitsFor;
      return allRows(question, await search(context.logFolder, question, rowsOnPage, ids));
    }
    const pick = pickerOf(question, Date.now());
    const shown = events.flatMap((event) => pick(event, ids) ?? []).reverse();
    return shown.length === 0 ? undefined : newRows(shown);
  }

  async function firstLook(): Promise<Html | undefined> {
    const made = await now(context, context.waiting.look(waitingAgeMs), countingMs);
    if (made.toString() === lastLook) return undefined;
    lastLook = made.toString();
    return html`<hx-partial hx-target="#now" hx-swap="outerMorph">${made}</hx-partial>`;
  }

  return { take, rows, firstLook };
}

function allRows(question: Question, found: Parameters<typeof feedBody>[1]): Html {
  return html`<hx-partial hx-target="#rows" hx-swap="innerHTML">${feedBody(question, found)}</hx-partial>`;
}

/** In front of the others, of which the oldest go. */
function newRows(shown: readonly Shown[]): Html {
  const firstToGo = Math.max(1, rowsKept - shown.length + 1);
  return html`<hx-partial
      hx-target="#rows > .empty, #rows > tr:nth-child(n+${firstToGo})"
      hx-swap="delete"
    ></hx-partial>
    <hx-partial hx-target="#rows" hx-swap="afterbegin">${feedRows(shown)}</hx-partial>`;
}
