import { GuardError } from "../../../core/errors.ts";
import { href } from "../html/href.ts";
import { html } from "../html/html.ts";
import { layout } from "../parts/layout.ts";
import { page, type Reply } from "../reply.ts";

const statuses: Readonly<Record<string, number>> = {
  USAGE: 400,
  FORM_REFUSED: 403,
  UNKNOWN_ID: 404,
  ALREADY_DECIDED: 409,
};

/** What went wrong and what to do next. */
export function failure(error: unknown, version: string): Reply {
  const what = error instanceof Error ? error.message : String(error);
  const fix = error instanceof GuardError ? error.fix : "If it stays so, mcpguard doctor may tell why.";
  const status = error instanceof GuardError ? (statuses[error.code] ?? 500) : 500;
  return page(
    layout(
      { title: "Not done", version },
      html`<h1>Not done</h1>
        <p class="failure">${what}.</p>
        <p>${fix}</p>
        <p><a href="${href("")}">Back to the overview</a></p>`,
    ),
    status,
  );
}
