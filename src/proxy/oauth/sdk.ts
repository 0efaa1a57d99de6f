/** The part of the MCP SDK that speaks OAuth. Large, so import this file only when there is something to do: `import("./sdk.ts")`. */
export {
  assertSecureTokenEndpoint,
  checkResourceAllowed,
  ClientCredentialsProvider,
  computeScopeUnion,
  discoverOAuthServerInfo,
  exchangeAuthorization,
  fetchToken,
  refreshAuthorization,
  registerClient,
  startAuthorization,
  validateAuthorizationResponseIssuer,
} from "@modelcontextprotocol/client";
