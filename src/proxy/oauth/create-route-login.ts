import type { Upstream } from "../exchange/upstream.ts";
import type { UpstreamOptions } from "../proxy-options.ts";
import { ClientRoute } from "./client/client-route.ts";
import { FacadeRoute } from "./facade/facade-route.ts";
import { sealKey } from "./facade/seal.ts";
import type { RouteLogin } from "./route-login.ts";

/** How a route logs in as its configuration says; undefined where the caller's own credentials pass. */
export function createRouteLogin(
  { name: route, mount, oauth }: Pick<UpstreamOptions, "name" | "mount" | "oauth">,
  upstream: Upstream,
  home: string,
): RouteLogin | undefined {
  if (oauth === undefined) return undefined;
  if (oauth.mode === "client") return new ClientRoute({ route, upstream, home, settings: oauth });
  return new FacadeRoute({ route, mount, upstream, key: sealKey(home), settings: oauth });
}
