import type { IncomingHttpHeaders } from "node:http";

/**
 * Whether a browser sends this from a page of our own. Browsers tell by `Sec-Fetch-Site`, which no page can forge; older
 * ones, and those on a plain address of the network, by `Origin` alone.
 * https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html
 */
export function isSameOrigin(headers: IncomingHttpHeaders, isSecure: boolean): boolean {
  const { host, origin } = headers;
  const site = headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin") return false;
  // A page that sends no referrer sends no origin either.
  if (origin === undefined || origin === "null") return site !== undefined;
  if (host === undefined || !URL.canParse(origin)) return false;
  const { protocol, host: ours } = new URL(origin);
  // What arrives in plain may come from a proxy that ends TLS for us.
  return ours === host.toLowerCase() && (protocol === "https:" || (!isSecure && protocol === "http:"));
}
