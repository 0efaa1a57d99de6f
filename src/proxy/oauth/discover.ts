import type {
  AuthorizationServerMetadata,
  FetchLike,
  OAuthProtectedResourceMetadata,
} from "@modelcontextprotocol/client";
import { GuardError } from "../../core/errors.ts";

/** Where an upstream wants its logins made, as it says itself. */
export type AuthorizationServer = {
  /** As the upstream names it. */
  url: string;
  /** Of its metadata, character for character; else its URL. */
  issuer: string;
  /** Undefined of servers of 2025-03-26 that publish none: they have the default paths. */
  metadata: AuthorizationServerMetadata | undefined;
  /** The upstream's own description; undefined before 2025-06-18. */
  resourceMetadata: OAuthProtectedResourceMetadata | undefined;
};

/** What is asked for: the MCP endpoint, and where it said its description is. */
export type Asked = { endpoint: string; metadataUrl: string | undefined };

/**
 * Asks an MCP endpoint for its authorization server: RFC 9728 at the named, path-inserted and root places, then
 * RFC 8414 and OpenID Connect. Rejects with GuardError where it describes another resource, else with the SDK's errors.
 */
export async function discover({ endpoint, metadataUrl }: Asked, fetchFn: FetchLike): Promise<AuthorizationServer> {
  const { checkResourceAllowed, discoverOAuthServerInfo } = await import("./sdk.ts");
  const found = await discoverOAuthServerInfo(endpoint, {
    fetchFn,
    ...(metadataUrl === undefined ? {} : { resourceMetadataUrl: new URL(metadataUrl) }),
  });
  const { authorizationServerUrl: url, authorizationServerMetadata: metadata, resourceMetadata } = found;
  const resource = resourceMetadata?.resource;
  if (resource !== undefined && !checkResourceAllowed({ requestedResource: endpoint, configuredResource: resource })) {
    throw new GuardError(
      "LOGIN_MISMATCH",
      `it describes another resource than ${endpoint}`,
      "Give the proxy the URL that the server itself goes by.",
    );
  }
  return { url, issuer: metadata?.issuer ?? url, metadata, resourceMetadata };
}

/** An endpoint of the authorization server; without metadata it is at its default path. */
export function endpointOf(
  { url, metadata }: AuthorizationServer,
  name: "authorization_endpoint" | "token_endpoint" | "registration_endpoint",
): URL | undefined {
  if (metadata === undefined) return new URL(defaultPaths[name], url);
  const written = metadata[name];
  return written === undefined ? undefined : new URL(written);
}

const defaultPaths = {
  authorization_endpoint: "/authorize",
  token_endpoint: "/token",
  registration_endpoint: "/register",
} as const;
