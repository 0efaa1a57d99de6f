import { isObject } from "../../../core/json.ts";
import { endpointOf, type AuthorizationServer } from "../discover.ts";
import { problemText } from "../problem-text.ts";
import { json, oauthError, type Reply } from "../reply.ts";
import { credentialsOf, type Credentials } from "./credentials-of.ts";
import type { FacadeContext } from "./facade-context.ts";
import { areOwn, setResource } from "./resources.ts";
import { serverOf, type ClientTicket } from "./tickets.ts";

/** Grants that need a person's consent, or the refresh token that came of it. */
const ofPeople = ["authorization_code", "refresh_token"];

/**
 * Gets a client its tokens from the upstream's authorization server, for the upstream. The client's verifier and
 * secret go along; tokens pass through and are not kept.
 */
export async function token(
  form: URLSearchParams,
  authorization: string | undefined,
  origin: string,
  context: FacadeContext,
): Promise<Reply> {
  const given = credentialsOf(form, authorization);
  const grant = form.get("grant_type") ?? "";
  const isOfPeople = ofPeople.includes(grant);
  const client = context.tickets.client(given.id) ?? (grant === "client_credentials" ? byItself(given) : undefined);
  if (client === undefined) return oauthError(401, "invalid_client", "The client is not registered here.");
  if (!isOfPeople && (grant !== "client_credentials" || isConfigured(client, context)))
    return oauthError(400, "unsupported_grant_type", "This grant cannot pass through the proxy.");
  if (!areOwn(form.getAll("resource"), origin, context))
    return oauthError(400, "invalid_target", "The resource is none of this server.");
  try {
    const server = await serverOf(client, context.servers);
    if (server === undefined) return oauthError(401, "invalid_client", "There is another authorization server now.");
    if (grant === "authorization_code" && !exchangeCode(form, given, context))
      return oauthError(400, "invalid_grant", "The code was not given to this client, or is too old.");
    setResource(form, server);
    return await forward(form, identify(form, given, client, server, context), server, context);
  } catch (error) {
    return oauthError(502, "server_error", problemText(error));
  }
}

/** A client that is registered upstream by hand, and needs no way back. */
function byItself({ id, secret }: Credentials): ClientTicket | undefined {
  return id === undefined || secret === undefined ? undefined : { id, uris: [], issuer: undefined, place: undefined };
}

function isConfigured({ id }: ClientTicket, { settings }: FacadeContext): boolean {
  return settings.clientId === id;
}

/** Puts the real code in place of the proxy's, with the way back that it was given for. */
function exchangeCode(form: URLSearchParams, { id }: Credentials, { tickets }: FacadeContext): boolean {
  const ticket = tickets.openCode(form.get("code"));
  const uri = form.get("redirect_uri");
  if (ticket === undefined || ticket.client !== id || (uri !== null && uri !== ticket.uri)) return false;
  form.set("code", ticket.code);
  form.set("redirect_uri", ticket.callback);
  return true;
}

/** Says who the client is as it did itself, or as the configuration does; the result is the Authorization header. */
function identify(
  form: URLSearchParams,
  given: Credentials,
  client: ClientTicket,
  server: AuthorizationServer,
  context: FacadeContext,
): string | undefined {
  const { settings } = context;
  const isOurs = isConfigured(client, context);
  const secret = isOurs ? settings.clientSecret : given.secret;
  const methods = server.metadata?.token_endpoint_auth_methods_supported ?? ["client_secret_basic"];
  const isBasic = isOurs ? methods.includes("client_secret_basic") : given.isBasic;
  form.delete("client_id");
  form.delete("client_secret");
  if (isBasic && secret !== undefined) return `Basic ${Buffer.from(`${client.id}:${secret}`).toString("base64")}`;
  form.set("client_id", client.id);
  if (secret !== undefined) form.set("client_secret", secret);
  return undefined;
}

async function forward(
  form: URLSearchParams,
  authorization: string | undefined,
  server: AuthorizationServer,
  { fetchFn }: FacadeContext,
): Promise<Reply> {
  const { assertSecureTokenEndpoint } = await import("../sdk.ts");
  const endpoint = assertSecureTokenEndpoint(endpointOf(server, "token_endpoint") ?? server.url);
  const response = await fetchFn(endpoint, {
    method: "POST",
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      accept: "application/json",
      ...(authorization === undefined ? {} : { authorization }),
    },
    body: form.toString(),
  });
  const answer: unknown = await response.json().catch(() => undefined);
  if (isObject(answer)) return json(response.status, answer);
  return oauthError(502, "server_error", "The authorization server answered what is not OAuth.");
}
