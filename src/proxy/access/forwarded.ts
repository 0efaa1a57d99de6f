import type { IncomingHttpHeaders } from "node:http";
import { BlockList, isIP, isIPv6 } from "node:net";
import { GuardError } from "../../core/errors.ts";

/** Who asks, and under which address they know the proxy, as far as a trusted proxy in front says so. */
export type Caller = {
  /** The address of the caller, not that of the proxies in between. */
  address: string;
  proto: "http" | "https" | undefined;
  host: string | undefined;
};

/**
 * Reads `X-Forwarded-For`, `-Proto` and `-Host`, which anybody can send: they count only from `trusted`
 * addresses (`10.0.0.1`, `10.0.0.0/8`, `fd00::/8`). Throws GuardError for an entry that is no address.
 */
export function createForwarded(
  trusted: readonly string[],
): (remoteAddress: string | undefined, headers: IncomingHttpHeaders) => Caller {
  const list = new BlockList();
  for (const entry of trusted) add(list, entry);
  const isTrusted = (address: string): boolean =>
    trusted.length > 0 && isIP(address) !== 0 && list.check(address, isIPv6(address) ? "ipv6" : "ipv4");

  return (remoteAddress, headers) => {
    const address = plainAddress(remoteAddress ?? "");
    if (!isTrusted(address)) return { address, proto: undefined, host: undefined };
    const proto = last(headers["x-forwarded-proto"])?.toLowerCase();
    return {
      address: callerOf(words(headers["x-forwarded-for"]), isTrusted) ?? address,
      proto: proto === "https" || proto === "http" ? proto : undefined,
      host: last(headers["x-forwarded-host"]),
    };
  };
}

function add(list: BlockList, entry: string): void {
  const [address = "", prefix, ...rest] = entry.trim().split("/");
  const family = isIPv6(address) ? "ipv6" : "ipv4";
  const bits = prefix === undefined ? undefined : /^\d{1,3}$/.test(prefix) ? Number(prefix) : NaN;
  const isPlausible = bits === undefined || bits <= (family === "ipv6" ? 128 : 32);
  if (isIP(address) === 0 || rest.length > 0 || !isPlausible) {
    throw new GuardError(
      "USAGE",
      `${entry} is no address of a trusted proxy`,
      "Write an IP address or a range such as 10.0.0.0/8.",
    );
  }
  if (bits === undefined) list.addAddress(address, family);
  else list.addSubnet(address, bits, family);
}

/** Each proxy adds the address it was asked from: the last one that is not trusted is the caller's. */
function callerOf(addresses: readonly string[], isTrusted: (address: string) => boolean): string | undefined {
  let caller: string | undefined;
  for (const text of addresses.toReversed()) {
    const address = plainAddress(text);
    if (isIP(address) === 0) return caller;
    caller = address;
    if (!isTrusted(address)) return caller;
  }
  return caller;
}

/** Without brackets and port, and IPv4 as itself where a socket gives it as IPv6. */
function plainAddress(text: string): string {
  const [, bracketed] = /^\[([^\]]*)\](?::\d+)?$/.exec(text) ?? [];
  const [, withPort] = /^([\d.]+):\d+$/.exec(text) ?? [];
  return (bracketed ?? withPort ?? text).replace(/^::ffff:(?=[\d.]+$)/i, "");
}

function words(header: string | string[] | undefined): string[] {
  const text = Array.isArray(header) ? header.join(",") : (header ?? "");
  return text
    .split(",")
    .map((word) => word.trim())
    .filter((word) => word !== "");
}

/** What the nearest proxy says: words before it may be the caller's own. */
function last(header: string | string[] | undefined): string | undefined {
  return words(header).at(-1);
}
