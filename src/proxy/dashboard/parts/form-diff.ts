import { html, type Html, lines } from "../html/html.ts";
import { compareForms, type ComparedLine, type Stretch } from "../reading/compare-forms.ts";
import { formLines } from "./form-lines.ts";
import { plural } from "./words.ts";

const contextLines = 2;
const shownAtMost = 300;

/** What changed between two forms of a definition, word by word, with a little of what did not. */
export function formDiff(before: string, after: string): Html {
  const compared = compareForms(before, after);
  if (compared === undefined) return sideBySide(before, after);
  const near = linesNearChanges(compared);
  const shown: Html[] = [];
  let left = 0;
  for (const [at, line] of compared.entries()) {
    if (!near.has(at) || shown.length >= shownAtMost) {
      left++;
      continue;
    }
    if (left > 0) shown.push(gap(left));
    left = 0;
    shown.push(html`${line.map(stretch)}`);
  }
  if (left > 0) shown.push(gap(left));
  return html`<pre class="diff">${lines(shown)}</pre>`;
}

function sideBySide(before: string, after: string): Html {
  return html`<p class="dim">Too much changed to show it word by word.</p>
    <h4>As approved</h4>
    ${formLines(before)}
    <h4>As it is now</h4>
    ${formLines(after)}`;
}

function linesNearChanges(compared: readonly ComparedLine[]): Set<number> {
  const near = new Set<number>();
  for (const [at, line] of compared.entries()) {
    if (line.every(({ kind }) => kind === "same")) continue;
    for (let by = -contextLines; by <= contextLines; by++) near.add(at + by);
  }
  return near;
}

function stretch({ kind, text }: Stretch): Html {
  if (kind === "added") return html`<ins>${text}</ins>`;
  return kind === "removed" ? html`<del>${text}</del>` : html`${text}`;
}

function gap(count: number): Html {
  return html`<span class="dim">⋯ ${plural(count, "more line")}</span>`;
}
