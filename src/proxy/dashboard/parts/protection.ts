import { href } from "../html/href.ts";
import { html, type Html } from "../html/html.ts";
import type { DashboardRoute } from "../status.ts";
import type { Day } from "../reading/today.ts";
import { plural } from "./words.ts";

/** Am I protected: which servers, by which policy. */
export function protection(routes: readonly DashboardRoute[], { all }: Day): Html {
  const { isGood, words } = answer(routes);
  return html`<article class="answer ${isGood ? "good" : "warn"}">
    <h2>Protection</h2>
    <p class="big"><span aria-hidden="true">${isGood ? "✓" : "▲"}</span> ${words}</p>
    <ul>
      ${routes.slice(0, 8).map(routeLine)}
      ${routes.length > 8 && html`<li><a href="${href("servers")}">and ${routes.length - 8} more</a></li>`}
    </ul>
    ${troubles(all.types)}
  </article>`;
}

/** A guard must fail visibly. */
function troubles({ guard_error: guard = 0, upstream_error: upstream = 0 }: Day["all"]["types"]): Html[] {
  const kinds = [
    ["guard_error", guard, "guard error"],
    ["upstream_error", upstream, "server error"],
  ] as const;
  return kinds.flatMap(([type, number, noun]) =>
    number === 0
      ? []
      : [
          html`<p>
            <span class="state warn" aria-hidden="true">▲</span>
            <a href="${href("", { type })}#feed">${plural(number, noun)}</a> today
          </p>`,
        ],
  );
}

function answer(routes: readonly DashboardRoute[]): { isGood: boolean; words: string } {
  const watched = routes.filter(({ policy }) => policy.preset === "monitor").length;
  const silent = routes.filter(({ isReady }) => !isReady).length;
  if (watched === routes.length) return { isGood: false, words: "Only watching" };
  if (watched > 0) return { isGood: false, words: `${plural(watched, "server")} only watched` };
  if (silent > 0) return { isGood: false, words: `${silent} of ${plural(routes.length, "server")} silent` };
  return { isGood: true, words: `${plural(routes.length, "server")} guarded` };
}

function routeLine({ name, policy, protocol, transport, isReady, mount }: DashboardRoute): Html {
  const state = isReady ? "ready" : "no answer yet";
  return html`<li class="route">
    <span
      ><a href="${href("servers")}#${encodeURIComponent(`server-${name}`)}">${name}</a> <b>${policy.preset}</b>
      <span class="dim">${protocol} over ${transport}${mount !== "" && html` at ${mount}`}</span></span
    >
    <span class="state ${isReady ? "good" : "warn"}"
      ><span aria-hidden="true">${isReady ? "●" : "○"}</span> ${state}</span
    >
  </li>`;
}
