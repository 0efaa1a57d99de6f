import type { Event } from "../../../core/event.ts";
import { detectors } from "../../../detectors/index.ts";
import { html, type Html } from "../html/html.ts";
import { facts } from "./facts.ts";
import { references } from "./references.ts";

/** Why an event is what it is: the rule, what it saw, what the attack does, and what to do about it. */
export function why({ detector, rule, severity, details }: Event): Html {
  if (detector === null)
    return html`<section>
      <h2>Why</h2>
      <p>Nothing was found in this message.</p>
    </section>`;
  const meta = detectors.find(({ meta: { id } }) => id === detector)?.meta;
  const evidence = textOf(details["evidence"]);
  return html`<section>
    <h2>Why</h2>
    ${meta !== undefined && html`<p><b>${meta.title}.</b> ${meta.why}</p>`}
    ${facts([
      ["Rule", html`<code>${detector}/${rule}</code>`],
      ["Severity", html`<b class="severity ${severity}">${severity}</b>`],
      ["Evidence", evidence !== "" && html`<q>${evidence}</q>`],
      ["Found at", textOf(details["at"]) !== "" && html`<code>${textOf(details["at"])}</code>`],
      ["Confidence", textOf(details["confidence"])],
      ["What to do", textOf(details["fix"])],
      ["Read more", meta !== undefined && references(meta.references)],
    ])}
  </section>`;
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
