import type { OAuthTokens } from "@modelcontextprotocol/client";
import { GuardError } from "../../../core/errors.ts";
import type { Tokens } from "./login-record.ts";

/** Tokens as they are kept. Throws for kinds that want more than to be shown. */
export function tokensOf(given: OAuthTokens, now: number): Tokens {
  const { access_token: access, refresh_token: refresh, scope, expires_in: seconds, token_type: type } = given;
  if (type.toLowerCase() !== "bearer") {
    throw new GuardError(
      "TOKEN_KIND",
      "its authorization server gives no bearer tokens",
      "mcpguard knows no other kind; ask for bearer tokens for its client.",
    );
  }
  return {
    access,
    ...(refresh === undefined ? {} : { refresh }),
    ...(scope === undefined ? {} : { scope }),
    ...(seconds === undefined ? {} : { expiresAt: now + seconds * 1000 }),
  };
}
