import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders } from "node:http";
import { codings } from "./content-coding.ts";

/** They concern one connection only. https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1 */
const hopByHop = new Set([
  "connection",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/** Made anew for the connection to the upstream, or answered by the proxy itself. */
const ownOfRequest = new Set(["host", "content-length", "expect", "accept-encoding", "origin"]);

/** Of a body that was changed they no longer hold. */
const ofTheBody = new Set([
  "content-length",
  "content-encoding",
  "etag",
  "last-modified",
  "content-md5",
  "digest",
  "content-digest",
  "repr-digest",
  "accept-ranges",
]);

export type RequestHeaderRules = {
  /** Lower-case names that stay behind. */
  without: readonly string[];
  /** Values that replace those of the same lower-case name. */
  instead: ReadonlyMap<string, string>;
  /** The proxy's own origin, which the upstream knows under `target`. */
  ownOrigin: string | undefined;
  target: URL;
};

/** The headers for the upstream, names and values in turn: as they came, less what concerns the connection. */
export function requestHeaders(request: IncomingMessage, rules: RequestHeaderRules): string[] {
  const { rawHeaders, headers } = request;
  const named = namedByConnection(headers.connection);
  const kept: string[] = [];
  const replaced = new Set<string>();
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? "";
    const lower = name.toLowerCase();
    if (named.has(lower) || isOfThisHop(lower) || rules.without.includes(lower)) continue;
    // Only the first was looked at, for the proxy's own key.
    if (lower === "authorization" && rawHeaders[index + 1] !== headers.authorization) continue;
    const instead = rules.instead.get(lower);
    if (instead === undefined) kept.push(name, rawHeaders[index + 1] ?? "");
    else if (!replaced.has(lower)) kept.push(name, instead);
    if (instead !== undefined) replaced.add(lower);
  }
  for (const [name, value] of rules.instead) if (!replaced.has(name)) kept.push(name, value);
  addOwnHeaders(kept, request, rules);
  return kept;
}

function isOfThisHop(name: string): boolean {
  return hopByHop.has(name) || ownOfRequest.has(name);
}

/** Headers that the proxy speaks for itself. */
function addOwnHeaders(made: string[], { headers }: IncomingMessage, { target, ownOrigin }: RequestHeaderRules): void {
  const offered = headers["accept-encoding"];
  if (offered !== undefined) made.push("accept-encoding", inspectable(offered));
  if (headers.origin !== undefined) made.push("origin", headers.origin === ownOrigin ? target.origin : headers.origin);
}

const wanted = codings.map((coding) => ({
  coding,
  pattern: new RegExp(`\\b${coding}\\b(?!\\s*;\\s*q=0(?:\\.0*)?\\s*(?:,|$))`, "i"),
}));

/** Of the codings a client takes those that the proxy can look into. */
function inspectable(offered: string): string {
  const accepted = wanted.filter(({ pattern }) => pattern.test(offered)).map(({ coding }) => coding);
  return accepted.length === 0 ? "identity" : accepted.join(", ");
}

/** The headers for the client. `isChanged` where the body is no longer the upstream's. */
export function responseHeaders(headers: IncomingHttpHeaders, isChanged: boolean): OutgoingHttpHeaders {
  const named = namedByConnection(headers.connection);
  const kept: OutgoingHttpHeaders = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined || hopByHop.has(name) || named.has(name) || (isChanged && ofTheBody.has(name))) continue;
    kept[name] = value;
  }
  return isPage(headers) ? ofNoOrigin(kept) : kept;
}

const inert = /^\s*(?:application\/(?:[\w.-]+\+)?json|text\/event-stream)\s*(?:;|$)/i;

/** Whether a browser might show it as a page, or guess that it is one. */
function isPage(headers: IncomingHttpHeaders): boolean {
  const type = headers["content-type"];
  return type === undefined ? headers["content-length"] !== "0" : !inert.test(type);
}

const SANDBOX =
  "sandbox allow-scripts allow-forms allow-popups allow-modals allow-downloads allow-top-navigation-by-user-activation";

/** A server's page shares the proxy's address, but must not press the dashboard's buttons. */
function ofNoOrigin(headers: OutgoingHttpHeaders): OutgoingHttpHeaders {
  const own = headers["content-security-policy"];
  const policies = own === undefined ? SANDBOX : `${own}, ${SANDBOX}`;
  return { ...headers, "content-security-policy": policies, "x-content-type-options": "nosniff" };
}

const unnamed: ReadonlySet<string> = new Set([""]);

/** `Connection: close, X-Private` makes X-Private one of them. */
function namedByConnection(connection: string | undefined): ReadonlySet<string> {
  if (connection === undefined || connection === "keep-alive" || connection === "close") return unnamed;
  const names = connection.split(",").map((name) => name.trim().toLowerCase());
  names.push("");
  return new Set(names);
}
