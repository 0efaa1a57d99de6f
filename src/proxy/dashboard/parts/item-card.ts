import { reasonsToWait } from "../../../audit/feed/pending-event.ts";
import type { Finding } from "../../../core/finding.ts";
import type { PendingItem } from "../../../core/pending.ts";
import { href } from "../html/href.ts";
import { html, type Html } from "../html/html.ts";
import { formDiff } from "./form-diff.ts";
import { formLines } from "./form-lines.ts";
import { verdict } from "./verdict.ts";
import { moment } from "./words.ts";

/** What waits for a person: the thing, what changed in it, what speaks against it, and the two buttons. */
export function itemCard(item: PendingItem, token: string): Html {
  const { id, kind, name, reason, client, server, since } = item;
  return html`<article class="item" id="item-${id}">
    <h3>${verdict("HOLD")} ${kind} <b>${name}</b> ${reasonsToWait[reason]}</h3>
    <p class="dim">
      ${server} · ${client} · since <time datetime="${since}" title="${since}">${moment(Date.parse(since))}</time> ·
      ${id}
    </p>
    ${findings(item.findings)} ${changes(item)} ${form(item, token)}
  </article> `;
}

/** An item's changes are the same whenever it is shown: comparing them again with every look would cost too much. */
const compared = new Map<string, Html>();
const comparedAtMost = 100;

function changes({ id, before, after }: PendingItem): Html {
  const known = compared.get(id);
  if (known !== undefined) return known;
  const made = before === null ? formLines(after) : formDiff(before, after);
  if (compared.size >= comparedAtMost) compared.clear();
  compared.set(id, made);
  return made;
}

function findings(list: readonly Finding[]): Html | undefined {
  if (list.length === 0) return undefined;
  return html`<ul class="findings">
    ${list
      .slice(0, 10)
      .map(
        ({ severity, because, detector, rule, evidence }) =>
          html`<li>
            <b class="severity ${severity}">${severity}</b> ${because}
            <span class="dim">${detector}/${rule}</span>${evidence !== "" && html` <q>${evidence}</q>`}
          </li>`,
      )}
  </ul>`;
}

function form(item: PendingItem, token: string): Html {
  const what = `${item.kind} ${item.name} of ${item.server}`;
  const [yes, no] =
    item.kind === "call"
      ? ["lets this one call run", "refuses it"]
      : ["makes this its approved form in running sessions within 2 seconds", "keeps it out"];
  return html`<form method="post" action="${href("decide")}" class="decide">
    <input type="hidden" name="id" value="${item.id}" /><input type="hidden" name="token" value="${token}" />
    <button name="choice" value="approve" class="approve">
      <span aria-hidden="true">✓</span> Approve<span class="unseen"> ${what}</span>
    </button>
    <button name="choice" value="deny" class="deny">
      <span aria-hidden="true">✕</span> Deny<span class="unseen"> ${what}</span>
    </button>
    <span class="dim">Approve ${yes}; deny ${no}.</span>
  </form>`;
}
