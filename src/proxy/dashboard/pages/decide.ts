import type { IncomingMessage } from "node:http";
import { GuardError } from "../../../core/errors.ts";
import { recordDecision } from "../../../session/record-decision.ts";
import { decide as decideAbout } from "../../../state/decisions.ts";
import { isSameOrigin } from "../access/is-same-origin.ts";
import { readForm } from "../access/read-form.ts";
import type { Context } from "../context.ts";
import { href } from "../html/href.ts";
import { html } from "../html/html.ts";
import { layout } from "../parts/layout.ts";
import { page, type Reply, seeOther } from "../reply.ts";

/**
 * A person's yes or no, as `mcpguard approve` and `deny` record it. Only a form of our own counts: sent from our own
 * origin, with the token that this process wrote into it.
 */
export async function decide(context: Context, request: IncomingMessage): Promise<Reply> {
  const form = await readForm(request);
  if (!isSameOrigin(request.headers, context.isSecure)) throw refused("this form was sent from another site");
  const [id, choice, token] = [form?.get("id") ?? "", form?.get("choice"), form?.get("token") ?? ""];
  if (!context.token.fits(id, token)) throw refused("this form is not of this dashboard, or is from before a restart");
  if (choice !== "approve" && choice !== "deny")
    throw new GuardError("USAGE", "neither approve nor deny was chosen", "Go back and press one of the two buttons.");
  const decision = decideAbout(context.home, id, choice, Date.now());
  let warning: string | undefined;
  recordDecision(context.logFolder, decision, (error) => {
    warning = error instanceof Error ? error.message : String(error);
  });
  return warning === undefined ? seeOther(href("", { decided: id })) : unlogged(context, warning);
}

function refused(why: string): GuardError {
  return new GuardError("FORM_REFUSED", why, "Open the dashboard anew and decide there, or use mcpguard approve ID.");
}

/** The decision stands also where the log cannot tell of it. */
function unlogged({ version }: Context, warning: string): Reply {
  const content = html`<h1>Decided</h1>
    <p>The decision stands, but the log does not tell of it: ${warning}.</p>
    <p><a href="${href("")}">Back to the overview</a></p>`;
  return page(layout({ title: "Decided", version }, content));
}
