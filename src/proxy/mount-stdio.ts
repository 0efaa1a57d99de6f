import { refusal } from "./access/refusal.ts";
import type { Incoming } from "./exchange/gateway-options.ts";
import type { Metrics } from "./metrics/metrics.ts";
import type { Mounted } from "./mounted.ts";
import type { ProxyOptions } from "./proxy-options.ts";
import type { Route } from "./route.ts";
import { createStdioGateway } from "./stdio/gateway.ts";

/** Puts a stdio server in place: its processes start with the sessions. */
export function mountStdio(route: Route, options: ProxyOptions, metrics: Metrics): Mounted {
  const { ssePath: sse, messagesPath: messages, maxBodySize, maxSseConnections } = options;
  const { stdioTimeout: requestTimeout, rateLimitStatus } = options;
  const paths = { mcp: "/mcp", sse, messages } as const;
  const limits = { maxBodySize, maxSseConnections, requestTimeout, rateLimitStatus };
  const gateway = createStdioGateway({ route, paths, ...limits });
  const { name, mount } = route.upstream;
  metrics.gauge("sessions", name, () => route.sessions.size);
  metrics.gauge("children", name, () => gateway.childCount());
  return {
    route,
    handle: async ({ request, response, path, caller }: Incoming) => {
      if (gateway.handles(path)) return gateway.handle(request, response, path, caller);
      const offered = [paths.mcp, sse].map((each) => mount + each).join(" and ");
      const { status, headers, body } = refusal(404, "not_found", `The server is offered at ${offered}.`);
      response.writeHead(status, headers).end(body);
    },
    health: () => ({ name, answered: gateway.isReady(), circuit: "closed" }),
    probe: async () => {},
    close: () => gateway.close(),
  };
}
