import { html } from "../../dashboard/html/html.ts";
import { endpointOf, type AuthorizationServer } from "../discover.ts";
import type { Flows } from "../flows.ts";
import { pagePath } from "../page-path.ts";
import { problemText } from "../problem-text.ts";
import { page, redirect, type Reply } from "../reply.ts";
import type { FacadeContext } from "./facade-context.ts";
import { localIssuer } from "./local-documents.ts";
import { isRedirectUri, isRegistered, isSite } from "./redirect-uris.ts";
import { areOwn, setResource } from "./resources.ts";
import { serverOf, type ClientTicket } from "./tickets.ts";

/** A client's login on its way through the upstream's authorization server. */
export type FacadeFlow = {
  server: AuthorizationServer;
  /** The id that the client has from the proxy. */
  clientId: string;
  /** Where the client's browser goes at the end, and what it takes along. */
  uri: string;
  state: string | null;
  issuer: string;
  callback: string;
};

/** Where to ask the person, where not to. */
export type Begun = { location: URL; uri: string };

/** Concern the way to the client, which is the proxy's; or the request, which the proxy writes anew. */
const ownParameters = ["client_id", "redirect_uri", "state", "response_mode", "request", "request_uri"];

/**
 * Takes up a client's login: the reply for its browser, or the address to send it to. Nothing is sent to an address
 * that the client has not registered.
 */
export async function authorize(
  query: URLSearchParams,
  origin: string,
  context: FacadeContext,
  flows: Flows<FacadeFlow>,
): Promise<Begun | Reply> {
  const { servers, tickets, route } = context;
  const clientId = query.get("client_id") ?? "";
  const client = tickets.client(clientId);
  if (client === undefined) return notBegun("It is not registered here. Its settings may be of another mcpguard.");
  const uri = wayBack(query.get("redirect_uri"), client);
  if (uri === undefined) return notBegun("It has not registered the address that it wants your browser sent to.");
  let server: AuthorizationServer | undefined;
  try {
    server = await serverOf(client, servers);
  } catch (error) {
    return notBegun(`The server ${route} cannot be asked for its login: ${problemText(error)}`);
  }
  if (server === undefined) return notBegun(`The server ${route} has another authorization server now.`);
  const issuer = localIssuer(origin, route, server);
  const callback = origin + pagePath("callback", route);
  const flow: FacadeFlow = { server, clientId, uri, state: query.get("state"), issuer, callback };
  const location = endpointOf(server, "authorization_endpoint");
  if (query.get("response_type") !== "code") return cannot(flow, "unsupported_response_type");
  if (!areOwn(query.getAll("resource"), origin, context)) return cannot(flow, "invalid_target");
  if (location === undefined || !/^https?:$/.test(location.protocol)) return cannot(flow, "server_error");
  for (const [name, value] of query) location.searchParams.set(name, value);
  for (const name of ownParameters) location.searchParams.delete(name);
  setResource(location.searchParams, server);
  location.searchParams.set("client_id", client.id);
  location.searchParams.set("redirect_uri", callback);
  location.searchParams.set("state", flows.put(flow));
  return { location, uri };
}

/** Anybody may register a site, so nobody is sent to one before having agreed to it. */
function cannot(flow: FacadeFlow, error: string): Reply {
  return isSite(flow.uri) ? notBegun(`Its request is not valid: ${error}.`) : back(flow, { error });
}

/** Sends the browser back to the client, with its state and the issuer that it knows. RFC 9207 */
export function back({ uri, state, issuer }: FacadeFlow, answer: Readonly<Record<string, string>>): Reply {
  const url = new URL(uri);
  for (const [name, value] of Object.entries(answer)) url.searchParams.set(name, value);
  if (state !== null) url.searchParams.set("state", state);
  url.searchParams.set("iss", issuer);
  return redirect(url.href);
}

/** The address of the request where it is registered; without one, the only registered. */
function wayBack(asked: string | null, { uris }: ClientTicket): string | undefined {
  if (uris === undefined) return asked !== null && isRedirectUri(asked) && !isSite(asked) ? asked : undefined;
  if (asked === null) return uris.length === 1 ? uris[0] : undefined;
  return isRedirectUri(asked) && isRegistered(asked, uris) ? asked : undefined;
}

function notBegun(why: string): Reply {
  return page(400, "This login cannot begin", html`<p>A program wants to log in through mcpguard. ${why}</p>`);
}
