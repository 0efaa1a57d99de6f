/** What an address leads to, for a program that follows it on the user's machine. */
export type HostKind = "metadata" | "loopback" | "private";

// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html and its like
const metadataNames = new Set([
  "metadata.google.internal",
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
  "[fd00:ec2::254]",
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
  if (/^(?:localhost|.+\.localhost|\[::1?\])$/.test(address)) return "loopback";
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

function plainHost(host: string): string {
  const mapped = /^\[::(?:ffff:(?:0:)?)?([0-9a-f]{1,4}):([0-9a-f]{1,4})\]$/.exec(host);
  if (mapped === null) return host.toLowerCase().replace(/\.$/, "");
  const [high = 0, low = 0] = [mapped[1], mapped[2]].map((part) => Number.parseInt(part ?? "0", 16));
  return [high >> 8, high & 255, low >> 8, low & 255].join(".");
}

/** Names like 127-0-0-1.nip.io resolve to the address they contain. */
function embeddedAddress(host: string): string | undefined {
  if (!/\.(?:nip|sslip|xip)\.io$|\.localtest\.me$/.test(host)) return undefined;
  return /(\d{1,3})[.-](\d{1,3})[.-](\d{1,3})[.-](\d{1,3})/.exec(host)?.slice(1).join(".") ?? "localhost";
}
