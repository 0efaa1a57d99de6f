import { discover, type Asked, type AuthorizationServer } from "../discover.ts";
import type { LoginContext } from "./client-settings.ts";
import { clientOf } from "./client-of.ts";
import type { LoginRecord } from "./login-record.ts";
import { tokensOf } from "./tokens-of.ts";

/** What an authorization server says of a refresh token or client that it no longer knows. */
const refusals = new Set(["invalid_grant", "invalid_client", "unauthorized_client"]);

/**
 * The login with new tokens, or without any where a person has to log in; undefined where there was none. Rejects
 * where the authorization server could not be asked.
 */
export async function renewed(
  login: LoginRecord | undefined,
  asked: Asked,
  scope: string | undefined,
  context: LoginContext,
): Promise<LoginRecord | undefined> {
  if (context.settings.grant === "client_credentials") return byItself(login, asked, scope, context);
  const refreshToken = login?.tokens?.refresh;
  if (login === undefined || refreshToken === undefined) return login;
  const server = await discover(asked, context.fetchFn);
  const client = clientOf(server, login, context);
  // Nothing is shown to a server that it was not meant for; a caller's odd path must not end the login, either.
  if (server.issuer !== login.issuer || client === undefined) return login;
  const { tokens: _, ...without } = login;
  const { refreshAuthorization } = await import("../sdk.ts");
  try {
    const fresh = await refreshAuthorization(server.url, {
      ...shared(server),
      clientInformation: client,
      refreshToken,
      fetchFn: context.fetchFn,
    });
    return { ...login, ...place(asked), tokens: tokensOf(fresh, Date.now()) };
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (!refusals.has(code)) throw error;
    const { registration: __, ...unknown } = without;
    return code === "invalid_grant" ? without : unknown;
  }
}

async function byItself(
  login: LoginRecord | undefined,
  asked: Asked,
  scope: string | undefined,
  context: LoginContext,
): Promise<LoginRecord> {
  const { settings, fetchFn, target } = context;
  const server = await discover(asked, fetchFn);
  const client = clientOf(server, login, context);
  const { ClientCredentialsProvider, fetchToken } = await import("../sdk.ts");
  const wanted = scope ?? settings.scopes?.join(" ") ?? server.resourceMetadata?.scopes_supported?.join(" ");
  const provider = new ClientCredentialsProvider({
    clientId: client?.client_id ?? "",
    clientSecret: client?.client_secret ?? "",
    expectedIssuer: server.issuer,
  });
  const tokens = await fetchToken(provider, server.url, {
    ...shared(server),
    ...(wanted === undefined ? {} : { scope: wanted }),
    fetchFn,
  });
  return {
    upstream: target.href,
    issuer: server.issuer,
    ...place(asked),
    ...(wanted === undefined ? {} : { scope: wanted }),
    tokens: tokensOf(tokens, Date.now()),
  };
}

/** What every request for tokens says: for whom, exactly as the upstream writes it. */
export function shared({ metadata, resourceMetadata }: AuthorizationServer) {
  return {
    ...(metadata === undefined ? {} : { metadata }),
    ...(resourceMetadata === undefined ? {} : { resource: resourceMetadata.resource }),
  };
}

export function place({ endpoint, metadataUrl }: Asked): Pick<LoginRecord, "endpoint" | "metadataUrl"> {
  return { endpoint, ...(metadataUrl === undefined ? {} : { metadataUrl }) };
}
