import { isObject } from "../../../core/json.ts";

export type Tokens = {
  access: string;
  refresh?: string;
  /** As the authorization server granted it. */
  scope?: string;
  /** Milliseconds since 1970. */
  expiresAt?: number;
};

/** How mcpguard is registered with an authorization server. */
export type Registration = { client_id: string; client_secret?: string; token_endpoint_auth_method?: string };

/** A login to one upstream. Holds secrets: for its file only. */
export type LoginRecord = {
  /** What it is good for: nothing of it goes anywhere else. */
  upstream: string;
  issuer: string;
  /** The upstream's endpoint that wanted the login, and where it said its description is. */
  endpoint: string;
  metadataUrl?: string;
  /** Undefined where the configuration names the client. */
  registration?: Registration & { redirect_uri: string };
  /** What was asked for. */
  scope?: string;
  /** Undefined where they were refused. */
  tokens?: Tokens;
};

export function isLoginRecord(value: unknown): value is LoginRecord {
  if (!isObject(value)) return false;
  const { upstream, issuer, endpoint, tokens, registration } = value;
  const areTexts = [upstream, issuer, endpoint].every((each) => typeof each === "string");
  const hasTokens = tokens === undefined || (isObject(tokens) && typeof tokens["access"] === "string");
  const hasClient =
    registration === undefined || (isObject(registration) && typeof registration["client_id"] === "string");
  return areTexts && hasTokens && hasClient;
}
