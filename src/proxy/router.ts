import type { IncomingMessage, ServerResponse } from "node:http";
import { createForwarded, type Caller } from "./access/forwarded.ts";
import { createKeyCheck, type KeyAnswer } from "./access/key-check.ts";
import { createOriginCheck } from "./access/origin-check.ts";
import { corsHeaders, preflight } from "./access/preflight.ts";
import { refusal, unauthorized, type OwnAnswer } from "./access/refusal.ts";
import { climbs } from "./exchange/addresses.ts";
import type { Mounted } from "./mounted.ts";
import { createLoginPaths } from "./oauth/login-paths.ts";
import type { ProxyOptions } from "./proxy-options.ts";
import type { ReservedPaths } from "./reserved.ts";

export const DASHBOARD = "/_mcpguard/";

export type RouterOptions = {
  options: ProxyOptions;
  mounts: readonly Mounted[];
  reserved: ReservedPaths;
  dashboard(request: IncomingMessage, response: ServerResponse): Promise<void>;
};

/** Says who may ask, and takes each request to where it belongs. */
export function createRouter({ options, mounts, reserved, dashboard }: RouterOptions) {
  const { host, allowedHosts, allowedOrigins, apiKey, trustedProxies, tls } = options;
  const callerOf = createForwarded(trustedProxies);
  const wrongOrigin = createOriginCheck({ host, allowedHosts, allowedOrigins });
  const checkKey = createKeyCheck(apiKey);
  // `/s/a` must not take what is `/s/a/b`'s.
  const loginAt = createLoginPaths(mounts.map(({ route, login }) => ({ ...route.upstream, login })));
  const byLength = mounts.toSorted((a, b) => b.route.upstream.mount.length - a.route.upstream.mount.length);

  /** An answer of the proxy itself to whoever may not ask. */
  function refused(request: IncomingMessage, isOpen: boolean, caller: Caller, key: KeyAnswer): OwnAnswer | undefined {
    const wrong = wrongOrigin(request, caller.host);
    if (wrong !== undefined || isOpen) return wrong;
    if (apiKey !== undefined) {
      const asked = preflight(request);
      if (asked !== undefined) return asked;
    }
    return key.outcome === "ok" ? undefined : unauthorized(corsHeaders(request.headers.origin));
  }

  function toRoute(request: IncomingMessage, response: ServerResponse, caller: Caller, key: KeyAnswer): Promise<void> {
    const url = request.url ?? "/";
    // A worker of the server's would see what the dashboard is asked.
    if (request.headers["service-worker"] !== undefined)
      return answer(response, refusal(403, "forbidden", "Service workers cannot be installed through the proxy."));
    if (climbs(url)) return answer(response, refusal(400, "bad_request", "The path must not contain '..'."));
    const mount = byLength.find(({ route }) => isBelow(url, route.upstream.mount));
    if (mount === undefined) {
      const names = mounts.map(({ route }) => `${route.upstream.mount}/`).join(", ");
      return answer(response, refusal(404, "not_found", `Nothing is mounted here. Mounted: ${names}`));
    }
    return mount.handle({
      request,
      response,
      path: url.slice(mount.route.upstream.mount.length),
      caller: apiKey === undefined ? caller.address : "key",
      strip: key.strip,
      ownOrigin: originOf(request, caller, tls),
    });
  }

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [path = "/"] = (request.url ?? "/").split("?", 1);
    const login = loginAt(request.url ?? "/");
    const caller = callerOf(request.socket.remoteAddress, request.headers);
    const key = checkKey(request.headers);
    const no = refused(request, path === "/health" || login?.isOpen === true, caller, key);
    if (no !== undefined) return answer(response, no);
    if (login !== undefined) return login.answer(request, response, originOf(request, caller, tls));
    const own = reserved.at(path);
    if (own !== undefined) return own(response);
    if (path === DASHBOARD || `${path}/` === DASHBOARD || path.startsWith(DASHBOARD))
      return dashboard(request, response);
    return toRoute(request, response, caller, key);
  };
}

/** Under which the caller knows the proxy. */
function originOf(request: IncomingMessage, caller: Caller, tls: ProxyOptions["tls"]): string {
  const scheme = caller.proto ?? (tls === undefined ? "http" : "https");
  return `${scheme}://${caller.host ?? request.headers.host ?? ""}`;
}

function isBelow(url: string, mount: string): boolean {
  return url.startsWith(mount) && (url.length === mount.length || /[/?]/.test(url.charAt(mount.length)));
}

async function answer(response: ServerResponse, { status, headers, body }: OwnAnswer): Promise<void> {
  response.writeHead(status, { ...headers, "content-length": Buffer.byteLength(body) }).end(body);
}
