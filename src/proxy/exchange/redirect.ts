import type { Addresses } from "./addresses.ts";
import type { Exchange } from "./exchange.ts";
import type { Head } from "./upstream.ts";

/**
 * A redirect within the upstream leads to its place behind the proxy. One of a message to another
 * server would lead past the guard; browsers on their way to a login may go where they like.
 */
export function redirected(
  head: Head,
  { path, isMessage, request }: Exchange,
  addresses: Addresses,
): Head | "elsewhere" {
  const { location } = head.headers;
  if (head.status < 300 || head.status > 399 || location === undefined) return head;
  const own = addresses.toProxy(location, path);
  if (own !== undefined) return { ...head, headers: { ...head.headers, location: own } };
  const wantsEvents = request.headers.accept?.includes("text/event-stream") === true;
  return isMessage || wantsEvents ? "elsewhere" : head;
}
