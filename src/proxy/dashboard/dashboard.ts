import type { IncomingMessage, ServerResponse } from "node:http";
import { createFormToken } from "./access/form-token.ts";
import { replyHeaders } from "./access/reply-headers.ts";
import { assetReply } from "./assets/assets.ts";
import type { Context, DashboardOptions } from "./context.ts";
import { base } from "./html/href.ts";
import { createFollower } from "./live/follower.ts";
import { createStreams } from "./live/streams.ts";
import { decide } from "./pages/decide.ts";
import { eventJson, eventPage } from "./pages/event.ts";
import { failure } from "./pages/failure.ts";
import { fragments } from "./pages/fragments.ts";
import { overview } from "./pages/overview.ts";
import { rules } from "./pages/rules.ts";
import { servers } from "./pages/servers.ts";
import { createToday } from "./reading/today.ts";
import { createWaiting } from "./reading/waiting.ts";
import { isLive, pickerOf, readQuestion } from "./reading/question.ts";
import { plain, type Reply, seeOther } from "./reply.ts";

export type Dashboard = {
  /** Answers a request for a path under /_mcpguard/, once it is known that its sender may ask. Never rejects. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Ends all open streams. */
  close(): void;
};

type Page = (context: Context, query: URLSearchParams) => Promise<Reply>;

const pages: ReadonlyMap<string, Page> = new Map<string, Page>([
  ["", overview],
  ["servers", servers],
  ["rules", rules],
  ["event", eventPage],
  ["event.json", eventJson],
  ...Object.entries(fragments),
]);

/** The pages at /_mcpguard/: what the log and the state folder hold, and the buttons that approve and deny. */
export function createDashboard(options: DashboardOptions): Dashboard {
  const context: Context = {
    ...options,
    today: createToday(options.logFolder),
    waiting: createWaiting(options.home),
    token: createFormToken(),
    follower: createFollower(options.logFolder),
  };
  const streams = createStreams(context);

  async function replyTo(request: IncomingMessage, response: ServerResponse): Promise<Reply | undefined> {
    const { pathname, searchParams } = new URL(request.url ?? base, "http://dashboard");
    if (pathname === base.slice(0, -1)) return seeOther(base);
    const name = pathname.slice(base.length);
    if (name === "decide") {
      return request.method === "POST" ? await decide(context, request) : plain(405, "POST only", { allow: "POST" });
    }
    if (request.method !== "GET" && request.method !== "HEAD") return plain(405, "GET only", { allow: "GET, HEAD" });
    if (name === "live") {
      const question = readQuestion(searchParams);
      pickerOf(question, Date.now());
      if (!isLive(question)) return plain(400, "This question has no live answer.");
      return streams.open(request, response, question, replyHeaders(request.headers, options.isSecure));
    }
    const reply = assetReply(pathname) ?? (await pages.get(name)?.(context, searchParams));
    return reply ?? plain(404, "There is no such page. The dashboard begins at /_mcpguard/");
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const reply = await replyTo(request, response).catch((error: unknown) => failure(error, options.version));
    if (reply === undefined) return;
    response.writeHead(reply.status, {
      ...replyHeaders(request.headers, options.isSecure),
      ...reply.headers,
      "content-length": Buffer.byteLength(reply.body),
    });
    response.end(request.method === "HEAD" ? undefined : reply.body);
  }

  function close(): void {
    streams.close();
    context.follower.close();
  }

  return { handle, close };
}
