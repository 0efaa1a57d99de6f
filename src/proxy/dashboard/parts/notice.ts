import type { Context } from "../context.ts";
import { href } from "../html/href.ts";
import { html, type Html } from "../html/html.ts";
import { findEvent } from "../reading/find-event.ts";

/** After a decision: what the log says of it. A link cannot make the page say what did not happen. */
export async function notice({ logFolder }: Context, decided: string | null): Promise<Html | undefined> {
  if (decided === null || !/^\w{1,64}$/.test(decided)) return undefined;
  const event = await findEvent(
    logFolder,
    decided,
    ({ event_type: type, details }) => type === "decision" && details["item"] === decided,
  );
  if (event === undefined) return undefined;
  return html`<p class="notice" role="status">
    <span aria-hidden="true">✓</span> <a href="${href("event", { id: event.id })}">${event.message}</a> of
    ${event.server}. Running sessions follow within 2 seconds.
  </p>`;
}
