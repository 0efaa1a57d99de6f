import {
  ClientCredentialsProvider,
  CrossAppAccessProvider,
  PrivateKeyJwtProvider,
  requestJwtAuthorizationGrant,
  type OAuthClientProvider,
} from "@modelcontextprotocol/client";
import { Person } from "../../proxy/oauth/person.ts";
import type { Scenario } from "./scenario.ts";

/** The suite's servers know this document. */
export const CLIENT_DOCUMENT = "https://conformance-test.local/client-metadata.json";

/** Who logs in: for most scenarios a person with a browser, for some a program with credentials. */
export function providerFor({ name, context }: Scenario): OAuthClientProvider | Person {
  const { client_id: clientId = "", client_secret: clientSecret = "", issuer } = context;
  const expected = issuer === undefined ? {} : { expectedIssuer: issuer };
  if (name === "auth/client-credentials-basic")
    return new ClientCredentialsProvider({ clientId, clientSecret, ...expected });
  if (name === "auth/client-credentials-jwt") {
    const privateKey = context["private_key_pem"] ?? "";
    return new PrivateKeyJwtProvider({ clientId, privateKey, algorithm: context["signing_algorithm"] ?? "ES256" });
  }
  if (name === "auth/enterprise-managed-authorization") return byEmployer({ name, context, revision: "" });
  const person = new Person("http://localhost:3000/callback");
  person.clientMetadataUrl = CLIENT_DOCUMENT;
  if (name === "auth/pre-registration")
    person.saveClientInformation({
      client_id: clientId,
      client_secret: clientSecret,
      ...(issuer === undefined ? {} : { issuer }),
    });
  return person;
}

/** The employer's identity provider gives a grant, which the authorization server takes for a token. */
function byEmployer({ context }: Scenario): OAuthClientProvider {
  return new CrossAppAccessProvider({
    clientId: context["client_id"] ?? "",
    clientSecret: context["client_secret"] ?? "",
    assertion: async ({ authorizationServerUrl, resourceUrl }) => {
      const { jwtAuthGrant } = await requestJwtAuthorizationGrant({
        tokenEndpoint: context["idp_token_endpoint"] ?? "",
        audience: authorizationServerUrl,
        resource: resourceUrl,
        idToken: context["idp_id_token"] ?? "",
        clientId: context["idp_client_id"] ?? "",
      });
      return jwtAuthGrant;
    },
  });
}
