import type { IncomingMessage, Server, ServerResponse } from "node:http";

/** Milliseconds that calls get to end. */
const PATIENCE = 10_000;

/** How many calls each server has; a set of them would keep the dead ones alive until the next full collection. */
const busy = new WeakMap<Server, { calls: number }>();

/** Notes the calls that are on their way; a stream of notifications is none, since it never ends by itself. */
export function noteCalls(server: Server): void {
  const count = { calls: 0 };
  busy.set(server, count);
  server.on("request", (request: IncomingMessage, response: ServerResponse) => {
    if (request.method === "GET" || request.headers["mcp-method"] === "subscriptions/listen") return;
    count.calls++;
    response.on("close", () => count.calls--);
  });
}

/** Accepts nothing more, lets calls end for at most ten seconds, then closes what is open. */
export async function drain(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const until = Date.now() + PATIENCE;
  while ((busy.get(server)?.calls ?? 0) > 0 && Date.now() < until) await pause();
  server.closeAllConnections();
  await closed;
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 20));
}
