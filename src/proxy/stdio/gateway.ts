import type { IncomingMessage, ServerResponse } from "node:http";
import type { Route } from "../route.ts";
import { allowOrigin } from "./allow-origin.ts";
import { Boards } from "./boards.ts";
import type { Context } from "./context.ts";
import { defaultLimits, type Limits } from "./limits.ts";
import { McpEndpoint } from "./mcp-endpoint.ts";
import { Peers } from "./peers.ts";
import { SseEndpoint } from "./sse-endpoint.ts";
import { StreamSlots } from "./stream-slots.ts";

export type StdioGatewayOptions = {
  /** Its server is a command. */
  route: Route;
  /** Below the route's mount. */
  paths: { mcp: string; sse: string; messages: string };
  /** Bytes. */
  maxBodySize: number;
  maxSseConnections: number;
  /** Seconds that the server may be silent about a call; 0 waits for ever. */
  requestTimeout: number;
  rateLimitStatus?: 200 | 429;
  limits?: Partial<Limits>;
};

export type StdioGateway = {
  /** `path` stands below the route's mount, with or without a query. */
  handles(path: string): boolean;
  /** Answers a request that may be answered; `caller` is its API key or address. */
  handle(request: IncomingMessage, response: ServerResponse, path: string, caller: string): Promise<void>;
  /** Ends all sessions, and resolves when their processes have ended, after five seconds at most. */
  close(): Promise<void>;
  /** Processes that run. */
  childCount(): number;
  /** False after a process could not be started, until one could. */
  isReady(): boolean;
};

/** How often idle sessions are looked for, as a share of the time they are granted. */
const LOOKS = 30;

/** Offers a stdio server over HTTP: Streamable HTTP and HTTP+SSE. */
export function createStdioGateway(options: StdioGatewayOptions): StdioGateway {
  const { route, paths, maxBodySize, maxSseConnections, requestTimeout, rateLimitStatus = 200 } = options;
  const { name, mount, server } = route.upstream;
  if (!("command" in server)) throw new Error(`${name} is no stdio server`);
  const limits = { ...defaultLimits, ...options.limits };
  const slots = new StreamSlots(maxSseConnections);
  const context: Context = { route, limits, slots, rateLimitStatus };
  const boards = new Boards({ ...server, name, limits, patience: requestTimeout * 1000 });
  const peers = new Peers(context, boards);
  const endpoint = { peers, slots, maxBodySize, maxBatch: limits.batch };
  const mcp = new McpEndpoint(endpoint);
  const sse = new SseEndpoint({ ...endpoint, mount, messagesPath: paths.messages, keepAlive: limits.keepAlive });
  const timer = setInterval(() => peers.endIdle(Date.now() - limits.idle), limits.idle / LOOKS).unref();

  const isBelow = (path: string, folder: string): boolean => `${path}/`.startsWith(`${withoutSlash(folder)}/`);
  const is = (path: string, other: string): boolean => withoutSlash(path) === withoutSlash(other);

  return {
    handles: (path) => {
      const [pathname] = split(path);
      return is(pathname, paths.mcp) || is(pathname, paths.sse) || isBelow(pathname, paths.messages);
    },
    handle: async (request, response, path, caller) => {
      response.on("error", () => {});
      if (allowOrigin(request, response)) return;
      const [pathname] = split(path);
      const [, query] = split(request.url ?? "");
      // Both transports may be offered at one path: without a session a stream can only be the older one's.
      const opensSse = request.method === "GET" && request.headers["mcp-session-id"] === undefined;
      if (is(pathname, paths.mcp) && !(opensSse && is(paths.sse, paths.mcp)))
        await mcp.handle(request, response, caller);
      else if (is(pathname, paths.sse)) await sse.open(request, response);
      else await sse.post(request, response, pathname.slice(withoutSlash(paths.messages).length), query);
    },
    close: async () => {
      clearInterval(timer);
      await peers.close();
      await boards.close();
    },
    childCount: () => boards.count,
    isReady: () => boards.canStart,
  };
}

function split(url: string): [path: string, query: URLSearchParams] {
  const at = url.indexOf("?");
  return at === -1 ? [url, new URLSearchParams()] : [url.slice(0, at), new URLSearchParams(url.slice(at + 1))];
}

function withoutSlash(path: string): string {
  return path.replace(/\/$/, "");
}
