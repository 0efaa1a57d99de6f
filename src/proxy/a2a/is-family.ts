import { hostKind } from "../../text/hosts.ts";

/**
 * Whether an address of a card may be reached through the proxy: it belongs to whoever runs the
 * agent (the same host at any port, or a name below it; of this machine only the same port), or a person named it. Anything else would
 * let a card send the proxy wherever it likes. `named` are hosts, with or without a port.
 */
export function isFamily(url: URL, agent: URL, named: readonly string[]): boolean {
  if (named.some((host) => host === url.host || host === url.hostname)) return true;
  const [own, other] = [plain(agent.hostname), plain(url.hostname)];
  // Behind other ports of this machine stand other people's services.
  if (isLoopback(own)) return isLoopback(other) && url.port === agent.port;
  if (own === other) return true;
  const isAddress = own.startsWith("[") || /^[\d.]+$/.test(own);
  return !isAddress && own.includes(".") && other.endsWith(`.${own}`);
}

function plain(hostname: string): string {
  return hostname.toLowerCase().replace(/\.$/, "");
}

function isLoopback(host: string): boolean {
  return hostKind(host) === "loopback";
}
