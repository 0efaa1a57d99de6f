import type { Context } from "../context.ts";
import { feedTable } from "../parts/feed.ts";
import { metrics } from "../parts/metrics.ts";
import { readQuestion } from "../reading/question.ts";
import { search } from "../reading/search.ts";
import { json, page, type Reply } from "../reply.ts";

const rows = 50;

/** Parts of the page for themselves, and the same numbers as JSON, under the paths that they always had. */
export const fragments = {
  metrics: async (context: Context): Promise<Reply> => page(metrics(context.status(), Date.now())),

  /** The last fifteen minutes, unless other times are asked for. */
  events: async (context: Context, query: URLSearchParams): Promise<Reply> => {
    const question = { since: "15m", ...readQuestion(query) };
    return page(feedTable(question, await search(context.logFolder, question, rows, context.waiting.look().ids)));
  },

  "api/tools": async (context: Context): Promise<Reply> => json(context.status().tools),

  "api/timeline": async (context: Context): Promise<Reply> => {
    const { counts, recent } = context.status();
    const { requests: total, blocked, injections, poisonings, anomalies } = counts;
    const minutes = recent.map((minute) => ({ ...minute, at: new Date(minute.at).toISOString() }));
    return json({ total, blocked, injections, poisonings, anomalies, minutes });
  },
};
