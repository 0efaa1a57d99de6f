import { stringAt, type JsonValue } from "../../../core/json.ts";
import type { PendingItem } from "../../../core/pending.ts";
import { html, type Html } from "../html/html.ts";
import { formLines } from "./form-lines.ts";
import { verdict } from "./verdict.ts";
import { plural, short } from "./words.ts";

const shownAtMost = 300;

/** What is pinned of a server, by `kind:name`; undefined where the file cannot be read. */
export function pins(pinned: ReadonlyMap<string, string> | undefined, waiting: readonly PendingItem[]): Html {
  if (pinned === undefined) return html`<p class="failure">Its pins cannot be read. mcpguard doctor tells more.</p>`;
  if (pinned.size === 0) return html`<p class="dim">Nothing is pinned yet: what the server lists first will be.</p>`;
  const changed = new Set(waiting.map(({ kind, name }) => `${kind}:${name}`));
  const rest = pinned.size - shownAtMost;
  return html`<h3>${plural(pinned.size, "pin")}</h3>
    <ul class="pins">
      ${[...pinned].slice(0, shownAtMost).map(([key, form]) => pin(key, form, changed.has(key)))}
    </ul>
    ${rest > 0 && html`<p class="dim">and ${plural(rest, "more pin")}</p>`}`;
}

function pin(key: string, form: string, isChanged: boolean): Html {
  const colon = key.indexOf(":");
  const [kind, name] = [key.slice(0, colon), key.slice(colon + 1)];
  return html`<li>
    <details>
      <summary>
        <span class="dim">${kind}</span>
        <b>${name === "" ? "(of the server)" : name}</b> ${isChanged && verdict("HOLD")}
        <span class="dim">${about(form)}</span>
      </summary>
      ${formLines(form)}
    </details>
  </li> `;
}

function about(form: string): string {
  try {
    const value: JsonValue = JSON.parse(form);
    return short(typeof value === "string" ? value : (stringAt(value, "description") ?? ""), 120);
  } catch {
    return short(form, 120);
  }
}
