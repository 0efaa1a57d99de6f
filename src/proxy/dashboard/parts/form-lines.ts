import { html, type Html, lines } from "../html/html.ts";
import { linesOfForm } from "../reading/compare-forms.ts";
import { plural } from "./words.ts";

const shownAtMost = 300;
const openAtMost = 24;

/** A definition as it stands; a long one is folded up. */
export function formLines(form: string): Html {
  const all = linesOfForm(form);
  const rest = all.length - shownAtMost;
  const more = rest > 0 ? [`… ${plural(rest, "more line")}: mcpguard pending --json shows all`] : [];
  const text = html`<pre>${lines([...all.slice(0, shownAtMost), ...more])}</pre>`;
  return all.length <= openAtMost
    ? text
    : html`<details>
        <summary>${plural(all.length, "line")}</summary>
        ${text}
      </details>`;
}
