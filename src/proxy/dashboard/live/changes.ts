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
  /** Takes in new events; keeps at most a page of those that are asked for. */
  take(events: readonly Event[]): void;
  /** The feed's changes; undefined where there are none. */
  rows(): Promise<Html | undefined>;
  /** The first look, where it is not what it was. */
  firstLook(): Promise<Html | undefined>;
};

const countingMs = 200;
const waitingAgeMs = 800;

export function createChanges(context: Context, question: Question): Changes {
  const pick = pickerOf(question, Date.now());
  /** Newest last. */
  let arrived: Shown[] = [];
  let isFlooded = false;
  let waitedFor: string | undefined;
  /** The ids of the rows drawn last: an event may be read from the log before it is heard of. */
  let drawn: ReadonlySet<string> = new Set();
  let lastLook = "";

  function take(events: readonly Event[]): void {
    const { ids } = context.waiting.look(waitingAgeMs);
    arrived.push(...events.flatMap((event) => pick(event, ids) ?? []));
    isFlooded ||= arrived.length > rowsOnPage;
    arrived = arrived.slice(-rowsOnPage);
  }

  async function rows(): Promise<Html | undefined> {
    const { ids } = context.waiting.look(waitingAgeMs);
    const waitsFor = [...ids].join();
    const [shown, wasFlooded] = [arrived.reverse(), isFlooded];
    arrived = [];
    isFlooded = false;
    // At first, and when a decision changes what rows say, all are drawn anew.
    if (waitsFor !== waitedFor) {
      waitedFor = waitsFor;
      const found = await search(context.logFolder, question, rowsOnPage, ids);
      drawn = new Set(found.shown.flatMap(({ row }) => (row.id === "" ? [] : row.id)));
      return allRows(feedBody(question, found));
    }
    if (wasFlooded) return allRows(feedRows(shown));
    const added = shown.filter(({ row }) => !drawn.has(row.id));
    return added.length === 0 ? undefined : newRows(added);
  }

  async function firstLook(): Promise<Html | undefined> {
    const made = await now(context, context.waiting.look(waitingAgeMs), countingMs);
    if (made.toString() === lastLook) return undefined;
    lastLook = made.toString();
    return html`<hx-partial hx-target="#now" hx-swap="outerMorph">${made}</hx-partial>`;
  }

  return { take, rows, firstLook };
}

function allRows(rows: Html): Html {
  return html`<hx-partial hx-target="#rows" hx-swap="innerHTML">${rows}</hx-partial>`;
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
