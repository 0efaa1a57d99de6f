import { severities } from "../../../core/finding.ts";
import { href } from "../html/href.ts";
import { html, type Html } from "../html/html.ts";
import type { Question } from "../reading/question.ts";

/** What narrows the feed; all of it stands in the URL, so that a view can be shared and works without script. */
export function feedControls(question: Question): Html {
  const { before: _, ...kept } = question;
  return html`<div class="controls">
    <nav aria-label="Severity" class="choices">${severityLinks(kept)}</nav>
    <nav aria-label="Time" class="choices">${timeLinks(kept)}</nav>
    <form method="get" action="${href("")}#feed" role="search">
      <label class="unseen" for="q">Filter</label>
      <input
        id="q"
        name="q"
        type="search"
        value="${kept.q}"
        placeholder="words, server:github, verdict:block, !tool:read"
        spellcheck="false"
        autocomplete="off"
      />
      ${hidden({ ...kept, q: undefined })}
      <button>Filter</button>
    </form>
    ${chips(kept)}
  </div>`;
}

const times = [
  ["15m", "15 min"],
  ["1h", "1 h"],
  ["24h", "24 h"],
  [undefined, "any time"],
] as const;

function timeLinks(kept: Question): Html[] {
  return times.map(([since, word]) => choice({ ...kept, since }, kept.since === since, word));
}

function severityLinks(kept: Question): Html[] {
  const words = ["all", ...[...severities].reverse()];
  return words.map((word) => {
    const severity = word === "all" ? undefined : word;
    return choice({ ...kept, severity }, kept.severity === severity, word);
  });
}

function choice(question: Question, isCurrent: boolean, word: string): Html {
  return html`<a href="${href("", question)}#feed" ${isCurrent && html` aria-current="true"`}>${word}</a>`;
}

function hidden(parameters: Readonly<Record<string, string | undefined>>): Html[] {
  return Object.entries(parameters).flatMap(([name, value]) =>
    value === undefined ? [] : [html`<input type="hidden" name="${name}" value="${value}" />`],
  );
}

/** What else narrows the feed, each with a way out. */
function chips(kept: Question): Html | undefined {
  const isNamed = kept.severity?.includes(",") !== true;
  const others = (["q", "severity", "type", "server", "since", "until"] as const).filter(
    (name) =>
      kept[name] !== undefined &&
      !(name === "severity" && isNamed) &&
      !(name === "since" && times.some(([since]) => since === kept.since)),
  );
  if (others.length === 0) return undefined;
  return html`<p class="chips">
    ${others.map((name) => {
      const path = `${href("", { ...kept, [name]: undefined })}#feed`;
      return html`<a href="${path}"
        ><span class="unseen">Remove </span>${name === "q" ? "words" : name}: ${kept[name]}
        <span aria-hidden="true">×</span></a
      > `;
    })}
  </p>`;
}
