import { createHash } from "node:crypto";
import type { AuthorizationServer } from "../discover.ts";
import { endpointOf } from "../discover.ts";
import { pagePath } from "../page-path.ts";

/** What a client may know of the resource beyond where it is. RFC 9728, 2 */
const ofResource =
  /^(?:scopes_supported|bearer_methods_supported|resource_(?:name|documentation|policy_uri|tos_uri)(?:#[\w-]+)?|authorization_details_types_supported)$/;

/**
 * What holds of the authorization server also behind the proxy. Left out is what leads past the facade, and what is
 * bound to the real server's address: client metadata documents, signed assertions, DPoP, pushed requests. RFC 8414, 2
 */
const ofServer = [
  "scopes_supported",
  "response_types_supported",
  "code_challenge_methods_supported",
  "service_documentation",
  "ui_locales_supported",
  "op_policy_uri",
  "op_tos_uri",
  "jwks_uri",
  "userinfo_endpoint",
  "subject_types_supported",
  "id_token_signing_alg_values_supported",
  "claims_supported",
  "acr_values_supported",
  "prompt_values_supported",
];

const grants = ["authorization_code", "refresh_token", "client_credentials"];
const methods = ["none", "client_secret_basic", "client_secret_post"];

/** The issuer that stands for `server` at the proxy: another one for another server, since clients keep logins by it. */
export function localIssuer(origin: string, route: string, { issuer }: AuthorizationServer): string {
  const mark = createHash("sha256").update(issuer).digest("hex").slice(0, 12);
  return `${origin}${pagePath("as", route)}/${mark}`;
}

/** The description of the resource that clients know as `resource`. */
export function localResource(
  { resourceMetadata = { resource: "" } }: AuthorizationServer,
  resource: string,
  issuer: string,
): object {
  const kept = Object.entries(resourceMetadata).filter(([name]) => ofResource.test(name));
  return { ...Object.fromEntries(kept), resource, authorization_servers: [issuer] };
}

type Facts = { origin: string; route: string; server: AuthorizationServer; hasClient: boolean };

/** The description of the authorization server; `hasClient` where all callers are one client of the configuration. */
export function localServer({ origin, route, server, hasClient }: Facts): object {
  const metadata: Readonly<Record<string, unknown>> = server.metadata ?? { response_types_supported: ["code"] };
  const at = (word: string): string => origin + pagePath(word, route);
  const kept = ofServer.flatMap((name) => (metadata[name] === undefined ? [] : [[name, metadata[name]] as const]));
  const canRegister = hasClient || endpointOf(server, "registration_endpoint") !== undefined;
  const offered = listOf(metadata["grant_types_supported"]) ?? grants.slice(0, 2);
  const taken = hasClient ? ["none"] : listOf(metadata["token_endpoint_auth_methods_supported"]);
  return {
    ...Object.fromEntries(kept),
    issuer: localIssuer(origin, route, server),
    authorization_endpoint: at("authorize"),
    token_endpoint: at("token"),
    ...(canRegister ? { registration_endpoint: at("register") } : {}),
    grant_types_supported: grants.filter((grant) => offered.includes(grant)),
    ...(taken === undefined
      ? {}
      : { token_endpoint_auth_methods_supported: methods.filter((each) => taken.includes(each)) }),
    response_modes_supported: ["query"],
    authorization_response_iss_parameter_supported: true,
  };
}

function listOf(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) ? value : undefined;
}
