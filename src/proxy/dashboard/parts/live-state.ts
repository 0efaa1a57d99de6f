import { href } from "../html/href.ts";
import { html, type Html } from "../html/html.ts";
import { isLive, type Question } from "../reading/question.ts";
import { moment } from "./words.ts";

/** Whether the page follows the log; a script keeps the word true, and without one the time stays. */
export function liveState(question: Question): Html {
  const { live: _, ...kept } = question;
  if (question.live === "off")
    return html`<p class="live"><span>paused</span> <a href="${href("", kept)}">resume</a></p>`;
  if (!isLive(question)) return html`<p class="live"><span>not live</span> <a href="${href("")}">go live</a></p>`;
  const time = moment(Date.now());
  return html`<p class="live">
    <span id="live-state" role="status" data-state="waiting">as of ${time}</span>
    <a href="${href("", { ...kept, live: "off" })}">pause</a>
  </p>`;
}
