import { AgentSide } from "./a2a/agent-side.ts";
import { InterfaceGateways } from "./a2a/interface-gateways.ts";
import { Interfaces } from "./a2a/interfaces.ts";
import { learnInterfaces } from "./a2a/learn-interfaces.ts";
import { Circuit } from "./circuit.ts";
import { HttpGateway } from "./exchange/http-gateway.ts";
import { ListCache } from "./exchange/list-cache.ts";
import type { Incoming } from "./exchange/gateway-options.ts";
import { Upstream, type Head } from "./exchange/upstream.ts";
import type { Metrics } from "./metrics/metrics.ts";
import { healthOf, type Mounted } from "./mounted.ts";
import { createRouteLogin } from "./oauth/create-route-login.ts";
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
  const agent = new AgentSide(route.upstream, target, options.home);
  const shared = { route, sessions, metrics, cache, agent, maxBodySize, maxSseConnections, rateLimitStatus };
  const login = createRouteLogin(route.upstream, target, options.home);
  const toCaller = login && ((head: Head, incoming: Incoming) => login.toCaller(head, incoming));
  const gateway = new HttpGateway({ ...shared, upstream: login?.around(upstream) ?? upstream, toCaller, circuit });
  const interfaces = new InterfaceGateways({
    interfaces: agent.interfaces,
    learn: () => learnInterfaces(agent, upstream, target.pathname.replace(/\/$/, "")),
    open: (address, place) => {
      const way = new Upstream(address, requestTimeout * 1000);
      const opened = new HttpGateway({
        ...shared,
        upstream: login?.around(way) ?? way,
        circuit: new Circuit(),
        place,
      });
      return { handle: (incoming) => opened.handle(incoming), close: () => way.close() };
    },
  });
  const { name } = route.upstream;
  metrics.gauge("sessions", name, () => route.sessions.size);
  metrics.gauge("circuit", name, () => circuitLevels[circuit.state(Date.now())]);
  return {
    route,
    login,
    handle: (incoming) => (Interfaces.isPlace(incoming.path) ? interfaces : gateway).handle(incoming),
    health: () => healthOf(route, upstream.hasAnswered, circuit),
    probe: async () => {
      if (await upstream.probe()) circuit.succeeded();
    },
    close: async () => {
      sessions.stop();
      await interfaces.close();
      await upstream.close();
    },
  };
}
