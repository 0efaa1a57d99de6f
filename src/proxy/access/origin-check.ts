import type { IncomingMessage } from "node:http";
import { isIPv6 } from "node:net";
import { matchesGlob } from "../../policy/glob.ts";
import { isLoopback, parseAuthority, type Authority } from "./authority.ts";
import { refusal, type OwnAnswer } from "./refusal.ts";

export type OriginOptions = {
  /** The address the proxy listens on. */
  host: string;
  /** Names, or patterns of names, with or without a port; `*` is any. */
  allowedHosts: readonly string[];
  /** Origins or patterns of origins; `*` is any. */
  allowedOrigins: readonly string[];
};
type Asked = Pick<IncomingMessage, "headers" | "rawHeaders" | "url">;

/**
 * Refuses what a web page could make a browser send here: a name that a page made resolve to this machine (DNS
 * rebinding), or the origin of another page. Programs send no `Origin` and are not concerned. Hosts are checked
 * where the proxy listens on loopback or was told its names; elsewhere it cannot know them. `forwardedHost` is what
 * a trusted proxy in front was asked for.
 */
export function createOriginCheck(
  options: OriginOptions,
): (request: Asked, forwardedHost?: string) => OwnAnswer | undefined {
  const hosts = [options.host, ...options.allowedHosts].map(pattern);
  const origins = options.allowedOrigins.map((origin) => origin.toLowerCase().replace(/\/$/, ""));
  const checksHost = isLoopback(options.host) || options.allowedHosts.length > 0;

  // Callers keep asking for the same host.
  let last: { text: string | undefined; authority: Authority | undefined; isKnown: boolean } | undefined;
  const lookUp = (text: string | undefined): NonNullable<typeof last> => {
    if (last?.text === text && last !== undefined) return last;
    const authority = text === undefined ? undefined : parseAuthority(text);
    last = { text, authority, isKnown: authority !== undefined && isKnown(authority, hosts) };
    return last;
  };

  return (request, forwardedHost) => {
    // An absolute URL would go before the Host header (RFC 9112, 3.2.2); only proxies are asked that way.
    if (!/^(\/|\*$)/.test(request.url ?? "")) return refusal(400, "bad_request", "The path must begin with a slash.");
    const [named, second] = hostHeaders(request.rawHeaders);
    const text = forwardedHost ?? named;
    const { authority, isKnown: isOurs } = lookUp(text);
    if (second !== undefined) return refusal(400, "bad_request", "There is more than one Host header.");
    if (checksHost && !isOurs) return forbidden("Host", text, "--allowed-host");
    if (text !== undefined && authority === undefined)
      return refusal(400, "bad_request", "The Host header is not a host and a port.");
    const { origin } = request.headers;
    if (origin === undefined || isFriend(origin, origins, authority)) return undefined;
    return forbidden("Origin", origin, "--allowed-origin");
  };
}

function forbidden(header: string, value: string | undefined, option: string): OwnAnswer {
  const what = value === undefined ? `No ${header} was sent` : `${header} ${value.slice(0, 100)} is not known here`;
  return refusal(403, "forbidden", `${what}. If it should be, start the proxy with ${option}.`);
}

/** All of them: Node keeps the first, others may read the last. */
function hostHeaders(raw: readonly string[]): string[] {
  return raw.filter((_, index) => index % 2 === 1 && raw[index - 1]?.toLowerCase() === "host");
}

function isKnown({ host, port }: Authority, patterns: readonly string[]): boolean {
  if (isLoopback(host)) return true;
  return patterns.some(
    (each) => matchesGlob(each, host) || (port !== undefined && matchesGlob(each, `${host}:${port}`)),
  );
}

function pattern(name: string): string {
  const plain = isIPv6(name) ? `[${name}]` : name;
  const authority = parseAuthority(plain);
  if (authority === undefined) return plain.toLowerCase();
  return authority.port === undefined ? authority.host : `${authority.host}:${authority.port}`;
}

/** A page of the proxy itself or of this machine, or one that was named. */
function isFriend(origin: string, allowed: readonly string[], own: Authority | undefined): boolean {
  if (allowed.some((each) => matchesGlob(each, origin.toLowerCase()))) return true;
  if (!/^https?:\/\/[^/?#@\\]+$/i.test(origin) || !URL.canParse(origin)) return false;
  const { hostname, port, protocol } = new URL(origin);
  const name = hostname.replace(/\.$/, "");
  if (isLoopback(name)) return true;
  const standard = protocol === "https:" ? "443" : "80";
  return own !== undefined && name === own.host && (port || standard) === (own.port ?? standard);
}
