import { html, type Html } from "../html/html.ts";
import { href } from "../html/href.ts";
import type { Context } from "../context.ts";
import type { Waiting } from "../reading/waiting.ts";
import { itemCard } from "./item-card.ts";
import { protection } from "./protection.ts";
import { stoppedToday } from "./stopped-today.ts";
import { plural } from "./words.ts";

const cardsAtMost = 20;

/** The first look: am I protected, what was stopped today, what waits for me. A page refreshes it as it changes. */
export async function now(context: Context, waiting: Waiting, waitMs: number): Promise<Html> {
  const day = await context.today.look(waitMs);
  return html`<div id="now">
    <section class="answers" aria-label="At a glance">
      ${protection(context.status().routes, day)} ${stoppedToday(day)} ${waitingForYou(waiting)}
    </section>
    ${waiting.items.length > 0 && waitingItems(context, waiting)}
  </div>`;
}

function waitingForYou({ items, problem }: Waiting): Html {
  if (problem !== undefined)
    return html`<article class="answer warn">
      <h2>Waiting for you</h2>
      <p class="big"><span aria-hidden="true">▲</span> unknown</p>
      <p>${problem}</p>
    </article>`;
  if (items.length === 0)
    return html`<article class="answer">
      <h2>Waiting for you</h2>
      <p class="big">Nothing</p>
      <p class="dim">A tool that changes, or a call that is held, waits here for your yes or no.</p>
    </article>`;
  return html`<article class="answer wait">
    <h2>Waiting for you</h2>
    <p class="big"><span aria-hidden="true">◆</span> ${plural(items.length, "decision")}</p>
    <ul>
      ${items.slice(0, 4).map(({ id, kind, name, server }) => html`<li><a href="#item-${id}">${kind} ${name}</a> <span class="dim">${server}</span></li>`)}
      ${items.length > 4 && html`<li class="dim">and ${items.length - 4} more</li>`}
    </ul>
  </article>`;
}

function waitingItems({ token }: Context, { items }: Waiting): Html {
  const rest = items.length - cardsAtMost;
  return html`<section class="items" aria-labelledby="waiting-title">
    <h2 id="waiting-title">Waiting for you</h2>
    ${items.slice(0, cardsAtMost).map((item) => itemCard(item, token.of(item.id)))}
    ${rest > 0 && html`<p>${plural(rest, "more decision")} after these; <a href="${href("servers")}">each server</a> shows its own.</p>`}
  </section>`;
}
