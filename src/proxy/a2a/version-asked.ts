import type { IncomingHttpHeaders } from "node:http";

/**
 * The revision of A2A that a request asks for, by header or query: agents have another card for each.
 * Without one it is 0.3. https://a2a-protocol.org/latest/specification/ (3.6)
 */
export function versionAsked(headers: IncomingHttpHeaders, query: URLSearchParams): string {
  const fromQuery = [...query].find(([name]) => name.toLowerCase() === "a2a-version")?.[1];
  const asked = (single(headers["a2a-version"]) ?? fromQuery ?? "").trim();
  // Only so much of it that callers cannot have a card pinned under ever new names.
  return /^\d\.\d/.exec(asked)?.[0] ?? "0.3";
}

function single(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
