import { matchesGlob } from "../../policy/glob.ts";
import { isLoopback } from "../access/authority.ts";
import type { ProxyOptions, UpstreamOptions } from "../proxy-options.ts";

export type StartFacts = {
  keyOnCommandLine: boolean;
  /** Allow or deny lists, that is; those of the file have been looked at. */
  listsOnCommandLine: boolean;
};

/** What is allowed and still not what a careful person wants, in words for the start-up banner. */
export function startWarnings(options: ProxyOptions, facts: StartFacts): string[] {
  return [
    ...exposure(options),
    ...(facts.keyOnCommandLine
      ? ["everybody on this machine can read the API key in the process list; use MCPGUARD_API_KEY or --api-key-file"]
      : []),
    ...options.upstreams.flatMap((upstream) => [...unencrypted(upstream), ...loop(upstream, options)]),
    ...(facts.listsOnCommandLine ? overlaps(options) : []),
  ];
}

function exposure({ host, apiKey, tls, trustedProxies }: ProxyOptions): string[] {
  if (isLoopback(host)) return [];
  if (apiKey === undefined) {
    return [`without an API key anybody who reaches ${host} can use the servers behind it; set MCPGUARD_API_KEY`];
  }
  if (tls !== undefined || trustedProxies.length > 0) return [];
  return ["the API key travels unencrypted; use --tls-cert and --tls-key, or HTTPS in front (--trusted-proxy)"];
}

const secretName = /key|token|secret|auth|passw|signature/i;

function unencrypted({ name, server, oauth }: UpstreamOptions): string[] {
  if (!("target" in server) || server.target.protocol !== "http:" || isLoopback(server.target.hostname)) return [];
  const carriesKey = oauth !== undefined || [...server.target.searchParams.keys()].some((key) => secretName.test(key));
  return carriesKey ? [`the key for ${name} travels unencrypted to ${server.target.host}; use https`] : [];
}

function loop({ name, server }: UpstreamOptions, { host, port }: ProxyOptions): string[] {
  if (!("target" in server) || port === 0) return [];
  const { hostname, port: targetPort, protocol } = server.target;
  const isHere = isLoopback(hostname) && (isLoopback(host) || /^(0\.0\.0\.0|::)$/.test(host));
  if (!isHere || Number(targetPort || (protocol === "https:" ? 443 : 80)) !== port) return [];
  return [`${name} is the proxy itself: its target has the port the proxy listens on`];
}

function overlaps({ upstreams, policies }: ProxyOptions): string[] {
  const found = new Set<string>();
  for (const { name } of upstreams) {
    const { allow, deny } = policies.policyFor(name);
    for (const allowed of allow) {
      if (deny.some((denied) => matchesGlob(denied, allowed))) found.add(allowed);
    }
  }
  return [...found].map((tool) => `${tool} is both allowed and denied; deny wins`);
}
