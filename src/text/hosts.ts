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
  if (address === "localhost" || address.endsWith(".localhost") || address === "[::1]" || address === "[::]")
    return "loopback";
  const parts = address.split(".").map(Number);
  const isAddress = parts.length === 4 && parts.every((part) => part >= 0 && part < 256);
  if (!isAddress) return /^\[f[cd][0-9a-f]{2}:|^\[fe[89ab][0-9a-f]:/.test(address) ? "private" : undefined;
  const [first = 0, second = 0] = parts;
  if (first === 127 || first === 0) return "loopback";
  const isPrivate = first === 10 || (first === 192 && second === 168) || (first === 172 && second >= 16 && second < 32);
  return isPrivate || (first === 169 && second === 254) || (first === 100 && second >= 64 && second < 128)
    ? "private"
    : undefined;
}

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
