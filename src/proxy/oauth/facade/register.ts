import { isObject, type JsonObject } from "../../../core/json.ts";
import { endpointOf, type AuthorizationServer } from "../discover.ts";
import { pagePath } from "../page-path.ts";
import { problemText } from "../problem-text.ts";
import { json, oauthError, type Reply } from "../reply.ts";
import type { FacadeContext } from "./facade-context.ts";
import { isRedirectUri } from "./redirect-uris.ts";

/** What a client may say of itself. The rest is signed, or about keys for assertions to the real server. RFC 7591, 2 */
const forwarded =
  /^(?:client_name|client_uri|logo_uri|tos_uri|policy_uri)(?:#[\w-]+)?$|^(?:scope|contacts|software_id|software_version|grant_types|response_types|token_endpoint_auth_method)$/;

/** Characters of all redirect URIs: they travel in the client's id, in addresses. */
const MAX_URIS = 4000;

/**
 * Registers a client at the upstream's authorization server, with the proxy's own way back; where the client itself is
 * to be sent stays sealed in the id it gets. `body` is what it sent.
 */
export async function register(body: unknown, origin: string, context: FacadeContext): Promise<Reply> {
  const uris = isObject(body) && Array.isArray(body["redirect_uris"]) ? body["redirect_uris"] : [];
  if (!isObject(body) || uris.length === 0 || !uris.every((uri) => isRedirectUri(uri)) || uris.join().length > MAX_URIS)
    return oauthError(400, "invalid_redirect_uri", "redirect_uris must lead to an application, this machine or https.");
  const method = body["token_endpoint_auth_method"] ?? "none";
  if (method !== "none" && method !== "client_secret_basic" && method !== "client_secret_post")
    return oauthError(400, "invalid_client_metadata", "Assertions of clients cannot pass through the proxy.");
  const kept = Object.fromEntries(Object.entries(body).filter(([name]) => forwarded.test(name)));
  const { servers, settings, tickets } = context;
  const place = servers.last;
  try {
    const server = await servers.at(place);
    const answer =
      settings.clientId === undefined
        ? await registerAt(server, kept, origin, context)
        : { client: { ...kept, client_id: settings.clientId, token_endpoint_auth_method: "none" } };
    if ("refusal" in answer) return answer.refusal;
    const { registration_access_token: _, registration_client_uri: __, ...client } = answer.client;
    const id = tickets.clientId(answer.client.client_id, uris, server, place);
    return json(201, { ...client, client_id: id, redirect_uris: uris });
  } catch (error) {
    return oauthError(502, "server_error", problemText(error));
  }
}

type Registered = { client: JsonObject & { client_id: string } } | { refusal: Reply };

async function registerAt(
  server: AuthorizationServer,
  client: JsonObject,
  origin: string,
  { route, fetchFn }: FacadeContext,
): Promise<Registered> {
  const endpoint = endpointOf(server, "registration_endpoint");
  if (endpoint === undefined)
    return { refusal: oauthError(400, "invalid_request", "The authorization server lets nobody register.") };
  const callback = origin + pagePath("callback", route);
  const application = callback.startsWith("https:") ? "web" : "native";
  const response = await fetchFn(endpoint, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify({ ...client, redirect_uris: [callback], application_type: application }),
  });
  const answer: unknown = await response.json().catch(() => undefined);
  const id = isObject(answer) ? answer["client_id"] : undefined;
  if (isObject(answer) && response.ok && typeof id === "string") return { client: { ...answer, client_id: id } };
  if (isObject(answer) && !response.ok) return { refusal: json(response.status, answer) };
  return { refusal: oauthError(502, "server_error", "The authorization server answered what is not OAuth.") };
}
