import type { UpstreamOptions } from "../proxy-options.ts";
import { ClientRoute } from "./client/client-route.ts";
import { FacadeRoute } from "./facade/facade-route.ts";
import { sealKey } from "./facade/seal.ts";
import type { RouteLogin } from "./route-login.ts";

/** How a route logs in as its configuration says; undefined where the caller's own credentials pass. */
export function createRouteLogin(
  { name: route, mount, oauth }: Pick<UpstreamOptions, "name" | "mount" | "oauth">,
  target: URL,
  home: string,
): RouteLogin | undefined {
  if (oauth === undefined) return undefined;
  if (oauth.mode === "client") return new ClientRoute({ route, target, home, settings: oauth });
  return new FacadeRoute({ route, mount, target, key: sealKey(home), settings: oauth });
}
