import type { PendingItem } from "../../../core/pending.ts";
import type { Context } from "../context.ts";
import { href } from "../html/href.ts";
import { html, type Html } from "../html/html.ts";
import { facts } from "../parts/facts.ts";
import { itemCard } from "../parts/item-card.ts";
import { layout } from "../parts/layout.ts";
import { pins } from "../parts/pins.ts";
import { plural } from "../parts/words.ts";
import { page, type Reply } from "../reply.ts";
import type { DashboardRoute } from "../status.ts";
import { peekPins } from "../../../state/pins.ts";
import { readDecisions } from "../../../state/decisions.ts";
import { decisions } from "../parts/decisions.ts";

/** Each server with its policy, its pinned definitions and what changed in them. */
export async function servers(context: Context): Promise<Reply> {
  const { routes } = context.status();
  const { items } = context.waiting.look();
  const own = new Set(routes.map(({ pinSet }) => pinSet));
  const others = items.filter(({ pinSet }) => !own.has(pinSet));
  return page(
    layout(
      { title: "Servers", version: context.version },
      html`<h1>Servers</h1>
        ${routes.map((route) =>
          section(
            context,
            route,
            items.filter(({ pinSet }) => pinSet === route.pinSet),
          ),
        )}
        ${
          others.length > 0 &&
          html`<section class="items">
            <h2>Waiting elsewhere on this machine</h2>
            ${cards(context, others)}
          </section>`
        }`,
    ),
  );
}

function section(context: Context, route: DashboardRoute, items: readonly PendingItem[]): Html {
  const { name, mount, server, transport, protocol, isReady, sessions, connections, policy, pinSet } = route;
  return html`<section class="server" id="server-${name}">
    <h2>
      ${name}
      <span class="state ${isReady ? "good" : "warn"}"
        ><span aria-hidden="true">${isReady ? "●" : "○"}</span> ${isReady ? "ready" : "no answer yet"}</span
      >
    </h2>
    ${facts([
      ["Server", html`<code>${server}</code>`],
      ["Offered at", html`<code>${mount === "" ? "/" : mount}</code>`],
      ["Speaks", `${protocol} over ${transport}`],
      ["In use", `${plural(sessions, "session")}, ${plural(connections, "connection")}`],
      ["Policy", html`<b>${policy.preset}</b> <a href="${href("rules")}">its rules</a>`],
      ["Only these", policy.allow.join(", ")],
      ["Never these", policy.deny.join(", ")],
      ["Events", html`<a href="${href("", { server: name })}#feed">of this server</a>`],
    ])}
    ${items.length > 0 && html`<div class="items">${cards(context, items)}</div>`}
    ${pins(peekPins(context.home, pinSet), items)} ${decisions(readDecisions(context.home, pinSet))}
  </section>`;
}

function cards({ token }: Context, items: readonly PendingItem[]): Html[] {
  return items.slice(0, 50).map((item) => itemCard(item, token.of(item.id)));
}
