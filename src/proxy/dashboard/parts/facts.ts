import { html, type Content, type Html } from "../html/html.ts";

/** Names and values; those without a value are left out. */
export function facts(list: readonly (readonly [name: string, value: Content])[]): Html {
  const known = list.filter(([, value]) => value !== "" && value !== undefined && value !== null && value !== false);
  return html`<dl class="facts">
    ${known.map(
      ([name, value]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div> `,
    )}
  </dl>`;
}
