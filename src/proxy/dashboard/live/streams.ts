import type { IncomingMessage, ServerResponse } from "node:http";
import type { Context } from "../context.ts";
import type { Question } from "../reading/question.ts";
import { plain, type Reply } from "../reply.ts";
import { stream } from "./stream.ts";

/** Each open page is one; more than this no person looks at. */
const openAtMost = 32;

/** The open event streams of pages. */
export type Streams = {
  /** Answers with a stream; or gives the answer that there are too many. */
  open(
    request: IncomingMessage,
    response: ServerResponse,
    question: Question,
    headers: Reply["headers"],
  ): Reply | undefined;
  close(): void;
};

export function createStreams(context: Context): Streams {
  const open = new Set<AbortController>();

  function start(
    request: IncomingMessage,
    response: ServerResponse,
    question: Question,
    headers: Reply["headers"],
  ): Reply | undefined {
    if (open.size >= openAtMost) return plain(503, "Too many pages are open.", { "retry-after": "30" });
    response.writeHead(200, {
      ...headers,
      "content-type": "text/event-stream; charset=utf-8",
      "x-accel-buffering": "no",
    });
    if (request.method === "HEAD") return void response.end();
    response.flushHeaders();
    const controller = new AbortController();
    open.add(controller);
    response.on("close", () => controller.abort());
    // An answer already begun cannot become an error page: the stream ends, and the page tries again.
    void stream(context, question, response, controller.signal)
      .catch(() => undefined)
      .finally(() => {
        open.delete(controller);
        response.end();
      });
    return undefined;
  }

  return {
    open: start,
    close: () => {
      for (const controller of open) controller.abort();
    },
  };
}
