/** What an address leads to, for a program that follows it on the user's machine. */
export type HostKind = "metadata" | "loopback" | "private";

// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html and its like
const metadataNames = new Set([
  "metadata.google.internal",
  "metadata.goog",
  "metadata",
  "metadata.azure.internal",
  "instance-data",
  "instance-data.ec2.internal",
]);
const metadataAddresses = new Set([
  "169.254.169.254",
  "169.254.170.2",
  "169.254.170.23",
  "100.100.100.200",
  "192.0.0.192",
  "168.63.129.16",
  "[fd00:ec2::254]",
  "[fd00:ec2::23]",
  "[fd20:ce::254]",
]);

/** The host of a URL as browsers read it: decimal, octal, hexadecimal and mapped forms become plain. */
export function hostOf(url: string): string | undefined {
  const asHttp = url.trim().replace(/^[a-z][a-z0-9+.-]*:[\\/]{1,3}/i, "http://");
  try {
    return plainHost(new URL(asHttp).hostname);
  } catch {
    return undefined;
  }
}

/** The kind of a host as `hostOf` gives it; undefined for any other. */
export function hostKind(host: string): HostKind | undefined {
  const address = embeddedAddress(host) ?? host;
  if (metadataNames.has(address) || metadataAddresses.has(address)) return "metadata";
  if (/^(?:localhost|.+\.localhost|host\.docker\.internal|\[::1?\])$/.test(address)) return "loopback";
  if (/^\[f(?:[cd][0-9a-f]{2}|e[89ab][0-9a-f]):/.test(address)) return "private";
  const parts = address.split(".").map(Number);
  if (parts.length !== 4 || parts.some((part) => !(part >= 0 && part < 256))) return undefined;
  const [first = 0, second = 0] = parts;
  return networks.find(([, high, from, to]) => first === high && second >= from && second <= to)?.[0];
}

/** First byte, and the range of the second. RFC 1918, 6598, 3927, 1122. */
const networks: readonly (readonly [kind: HostKind, first: number, from: number, to: number])[] = [
  ["loopback", 127, 0, 255],
  ["loopback", 0, 0, 255],
  ["private", 10, 0, 255],
  ["private", 192, 168, 168],
  ["private", 172, 16, 31],
  ["private", 169, 254, 254],
  ["private", 100, 64, 127],
];

/** IPv4 inside IPv6: mapped, compatible, behind NAT64 (RFC 6052), 6to4 (RFC 3056). */
const mapped =
  /^\[(?:::(?:ffff:(?:0:)?)?|64:ff9b::)([0-9a-f]{1,4}):([0-9a-f]{1,4})\]$|^\[2002:([0-9a-f]{1,4}):([0-9a-f]{1,4}):/;

function plainHost(host: string): string {
  const [, high = "", low = "", highAfter = "", lowAfter = ""] = mapped.exec(host) ?? [];
  if (high + highAfter === "") return host.toLowerCase().replace(/\.$/, "");
  const pairs = [high + highAfter, low + lowAfter].map((pair) => Number.parseInt(pair, 16));
  return pairs.flatMap((pair) => [pair >> 8, pair & 255]).join(".");
}

/** Names like 127-0-0-1.nip.io and 7f000001.nip.io resolve to the address they contain. */
function embeddedAddress(host: string): string | undefined {
  if (!/(?:^|\.)(?:(?:nip|sslip|xip)\.io|localtest\.me)$/.test(host)) return undefined;
  const hex = /(?:^|\.|-)([0-9a-f]{8})\.nip\.io$/.exec(host)?.[1];
  if (hex !== undefined) return [...Buffer.from(hex, "hex")].join(".");
  return /(\d{1,3})[.-](\d{1,3})[.-](\d{1,3})[.-](\d{1,3})/.exec(host)?.slice(1).join(".") ?? "localhost";
}
