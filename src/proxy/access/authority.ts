import { BlockList, isIP, isIPv6 } from "node:net";

/** Where a request wants to go: the host in lower case, IPv6 in brackets; no port where none is named. */
export type Authority = { host: string; port: string | undefined };

const form = /^(\[[0-9a-f:.]+\]|[\w.-]+)(?::(\d{1,5}))?$/i;

/** Reads a `Host` header. Undefined where it is none, as with a user name, a path or two hosts in it. */
export function parseAuthority(text: string): Authority | undefined {
  const [, name, port] = form.exec(text) ?? [];
  if (name === undefined || !URL.canParse(`http://${name}/`)) return undefined;
  const host = new URL(`http://${name}/`).hostname.replace(/\.$/, "");
  return host === "" ? undefined : { host, port };
}

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");

/** `host` is a name or an address, IPv6 with or without brackets. */
export function isLoopback(host: string): boolean {
  const plain = host.replace(/^\[(.*)\]$/, "$1").toLowerCase();
  if (isIP(plain) === 0) return plain === "localhost";
  return loopback.check(plain, isIPv6(plain) ? "ipv6" : "ipv4");
}
