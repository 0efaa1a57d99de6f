import { verdictOf } from "../../../audit/feed/verdict.ts";
import type { Event } from "../../../core/event.ts";
import { GuardError } from "../../../core/errors.ts";
import { visibleJson } from "../../../text/harmless.ts";
import type { Context } from "../context.ts";
import { href } from "../html/href.ts";
import { html, type Html, lines } from "../html/html.ts";
import { facts } from "../parts/facts.ts";
import { itemCard } from "../parts/item-card.ts";
import { layout } from "../parts/layout.ts";
import { verdict } from "../parts/verdict.ts";
import { why } from "../parts/why.ts";
import { findEvent } from "../reading/find-event.ts";
import { json, page, type Reply } from "../reply.ts";

/** Everything about one event: what happened, why, where, what a person can do, and the line of the log. */
export async function eventPage(context: Context, query: URLSearchParams): Promise<Reply> {
  const event = await eventOf(context, query);
  const waiting = context.waiting.look();
  const item = waiting.items.find(({ id }) => id === event.details["pending"]);
  const word = verdictOf(event, item !== undefined);
  return page(
    layout(
      { title: "Event", version: context.version },
      html`<article class="event">
        <p class="dim trail"><a href="${href("")}#feed">Events</a> › ${event.id}</p>
        <h1>${verdict(word)} ${event.message}</h1>
        ${
          item !== undefined &&
          html`<section class="items">
            <h2>Waiting for you</h2>
            ${itemCard(item, context.token.of(item.id))}
          </section>`
        }
        ${why(event)} ${where(event)}
        <section>
          <h2>Line of the log</h2>
          <p><a href="${href("event.json", { id: event.id })}">as JSON</a></p>
          <pre>${lines(visibleJson(event))}</pre>
        </section>
      </article>`,
    ),
  );
}

/** The event as it stands in the log. */
export async function eventJson(context: Context, query: URLSearchParams): Promise<Reply> {
  return json(await eventOf(context, query));
}

async function eventOf({ logFolder }: Context, query: URLSearchParams): Promise<Event> {
  const id = query.get("id") ?? "";
  const isId = /^[\w-]{1,64}$/.test(id);
  const event = isId ? await findEvent(logFolder, `"${id}"`, (candidate) => candidate.id === id) : undefined;
  if (event !== undefined) return event;
  throw new GuardError(
    "UNKNOWN_ID",
    `the log holds no event ${isId ? id : "of that id"}`,
    "It may be older than the log is kept.",
  );
}

function where(event: Event): Html {
  const { server, client, transport, protocol, direction, method, tool, timestamp, session, event_type: type } = event;
  return html`<section>
    <h2>Where</h2>
    ${facts([
      [
        "Server",
        html`<a href="${href("", { server })}#feed">${server}</a>
          <span class="dim">${protocol} over ${transport}</span>`,
      ],
      ["Client", client],
      ["Message", [direction, method, tool].filter((text) => text !== null).join(" ")],
      ["Time", timestamp],
      ["Session", html`<a href="${href("", { q: `session:${session}` })}#feed">${session}</a>`],
      ["Type", html`<a href="${href("", { type })}#feed">${type}</a>`],
    ])}
  </section>`;
}
