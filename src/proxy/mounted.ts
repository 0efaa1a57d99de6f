import type { Circuit } from "./circuit.ts";
import type { Incoming } from "./exchange/gateway-options.ts";
import type { RouteHealth } from "./health.ts";
import type { RouteLogin } from "./oauth/route-login.ts";
import type { Route } from "./route.ts";

/** A route in place: it takes the requests below its mount. */
export type Mounted = {
  route: Route;
  /** Undefined where callers' own credentials pass. */
  login?: RouteLogin | undefined;
  handle(incoming: Incoming): Promise<void>;
  health(): RouteHealth;
  /** Asks an upstream of which nothing is known whether it answers. */
  probe(): Promise<void>;
  close(): Promise<void>;
};

export function healthOf(route: Route, answered: boolean, circuit: Circuit): RouteHealth {
  return { name: route.upstream.name, answered, circuit: circuit.state(Date.now()) };
}
