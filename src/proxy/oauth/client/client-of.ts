import { GuardError } from "../../../core/errors.ts";
import { endpointOf, type AuthorizationServer } from "../discover.ts";
import type { LoginContext } from "./client-settings.ts";
import type { LoginRecord, Registration } from "./login-record.ts";

/** Whoever mcpguard is to an authorization server; undefined where it has to register first. */
export function clientOf(
  server: AuthorizationServer,
  login: LoginRecord | undefined,
  { settings, route }: Pick<LoginContext, "settings" | "route">,
): (Registration & { redirect_uri?: string }) | undefined {
  const { clientId, clientSecret, issuer = login?.issuer } = settings;
  const isDocument = clientId !== undefined && documents.test(clientId);
  if (clientId === undefined || (isDocument && server.metadata?.client_id_metadata_document_supported !== true))
    return login?.issuer === server.issuer ? login.registration : undefined;
  if (clientSecret !== undefined && issuer !== undefined && issuer !== server.issuer) {
    throw new GuardError(
      "ISSUER_CHANGED",
      `${route} names another authorization server (${server.issuer}) than the secret is for (${issuer})`,
      `If it has moved, set oauth.issuer to ${server.issuer} in the configuration.`,
    );
  }
  return { client_id: clientId, ...(clientSecret === undefined ? {} : { client_secret: clientSecret }) };
}

/** Registers mcpguard (RFC 7591). Rejects where the authorization server does not let it. */
export async function register(
  server: AuthorizationServer,
  redirectUri: string,
  scope: string | undefined,
  { fetchFn, route }: Pick<LoginContext, "fetchFn" | "route">,
): Promise<Registration & { redirect_uri: string }> {
  const { metadata, url } = server;
  if (endpointOf(server, "registration_endpoint") === undefined) {
    throw new GuardError(
      "CLIENT_UNKNOWN",
      `${route}'s authorization server lets nobody register`,
      `Register mcpguard there by hand, with the redirect URI ${redirectUri}, and set oauth.client_id in the configuration.`,
    );
  }
  const { registerClient } = await import("../sdk.ts");
  const methods = metadata?.token_endpoint_auth_methods_supported ?? ["none"];
  const registered = await registerClient(url, {
    ...(metadata === undefined ? {} : { metadata }),
    clientMetadata: {
      client_name: "mcpguard",
      redirect_uris: [redirectUri],
      grant_types: ["authorization_code", "refresh_token"],
      response_types: ["code"],
      application_type: new URL(redirectUri).protocol === "https:" ? "web" : "native",
      token_endpoint_auth_method: preferred.find((method) => methods.includes(method)) ?? "none",
    },
    ...(scope === undefined ? {} : { scope }),
    fetchFn,
  });
  const { client_id, client_secret, token_endpoint_auth_method } = registered;
  return {
    client_id,
    redirect_uri: redirectUri,
    ...(client_secret === undefined ? {} : { client_secret }),
    ...(token_endpoint_auth_method === undefined ? {} : { token_endpoint_auth_method }),
  };
}

/** Whoever has the file has both; a secret besides protects nothing. */
const preferred = ["none", "client_secret_basic", "client_secret_post"];

/** Client ids that are the address of a client metadata document. */
const documents = /^https:\/\/[^/]+\/./;
