import { Circuit } from "./circuit.ts";
import { HttpGateway } from "./exchange/http-gateway.ts";
import { ListCache } from "./exchange/list-cache.ts";
import { Upstream } from "./exchange/upstream.ts";
import type { Metrics } from "./metrics/metrics.ts";
import { healthOf, type Mounted } from "./mounted.ts";
import type { ProxyOptions } from "./proxy-options.ts";
import type { Route } from "./route.ts";
import { SessionTable } from "./session-table.ts";

const circuitLevels = { closed: 0, "half-open": 1, open: 2 };

/** Puts an HTTP upstream in place. */
export function mountHttp(route: Route, target: URL, options: ProxyOptions, metrics: Metrics): Mounted {
  const { maxBodySize, maxSseConnections, rateLimitStatus, requestTimeout, cacheTtl } = options;
  const upstream = new Upstream(target, requestTimeout * 1000);
  const sessions = new SessionTable(route);
  const circuit = new Circuit();
  const cache = new ListCache(cacheTtl * 1000);
  const limits = { maxBodySize, maxSseConnections, rateLimitStatus };
  const gateway = new HttpGateway({ route, upstream, sessions, circuit, metrics, cache, ...limits });
  const { name } = route.upstream;
  metrics.gauge("sessions", name, () => route.sessions.size);
  metrics.gauge("circuit", name, () => circuitLevels[circuit.state(Date.now())]);
  return {
    route,
    handle: (incoming) => gateway.handle(incoming),
    health: () => healthOf(route, upstream.hasAnswered, circuit),
    probe: () => upstream.probe(),
    close: async () => {
      sessions.stop();
      await upstream.close();
    },
  };
}
