import type { Context } from "../context.ts";
import { href } from "../html/href.ts";
import { html } from "../html/html.ts";
import { feed, rowsOnPage } from "../parts/feed.ts";
import { layout } from "../parts/layout.ts";
import { liveState } from "../parts/live-state.ts";
import { metrics } from "../parts/metrics.ts";
import { notice } from "../parts/notice.ts";
import { now } from "../parts/now.ts";
import { isLive, readQuestion } from "../reading/question.ts";
import { search } from "../reading/search.ts";
import { page, type Reply } from "../reply.ts";

/** A large log is counted on while the page is out already. */
const countingMs = 800;

/** The first page: am I protected, what was stopped, what waits; then counts and the feed. */
export async function overview(context: Context, query: URLSearchParams): Promise<Reply> {
  const question = readQuestion(query);
  const waiting = context.waiting.look();
  const [found, firstLook, decided] = await Promise.all([
    search(context.logFolder, question, rowsOnPage, waiting.ids),
    now(context, waiting, countingMs),
    notice(context, query.get("decided")),
  ]);
  const stream = isLive(question) && html`<div hx-sse:connect="${href("live", question)}"></div>`;
  const frame = { title: "Overview", version: context.version, live: liveState(question) };
  return page(
    layout(
      frame,
      html`<h1 class="unseen">Overview</h1>
        ${decided}${firstLook} ${metrics(context.status(), Date.now())} ${feed(question, found)} ${stream}`,
    ),
  );
}
