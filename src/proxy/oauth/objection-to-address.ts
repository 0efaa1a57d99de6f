import { hostKind, hostOf, type HostKind } from "../../text/hosts.ts";

/**
 * Why mcpguard does not ask at `url` about a login to `upstream`, as the end of a sentence; undefined where it may.
 * Servers name these addresses themselves, and must not make the proxy ask what only the proxy can reach.
 */
export function objectionToAddress(url: URL, upstream: URL): string | undefined {
  if (url.username !== "" || url.password !== "") return "which holds a password";
  const kind = kindOf(url.href);
  const isOwn = url.origin === upstream.origin;
  const mayBePlain = url.protocol === "http:" && (kind === "loopback" || isOwn);
  if (url.protocol !== "https:" && !mayBePlain) return "which is not https";
  return isOwn ? undefined : objectionToHost(kind, upstream);
}

/** The same for an address that a name stands for. */
export function objectionToResolved(address: string, url: URL, upstream: URL): string | undefined {
  const kind = kindOf(`http://${address.includes(":") ? `[${address}]` : address}`);
  // Names within a company's network lead to private addresses.
  if (url.hostname === upstream.hostname || kind === "private") return undefined;
  return objectionToHost(kind, upstream);
}

function objectionToHost(kind: HostKind | undefined, upstream: URL): string | undefined {
  if (kind === "metadata") return "which hands out a cloud's credentials";
  if (kind === undefined || kindOf(upstream.href) !== undefined) return undefined;
  return kind === "loopback" ? "which is on this machine" : "which is in this machine's network";
}

function kindOf(url: string): HostKind | undefined {
  const host = hostOf(url);
  return host === undefined ? undefined : hostKind(host);
}
