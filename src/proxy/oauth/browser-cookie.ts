import { randomBytes } from "node:crypto";
import type { IncomingMessage } from "node:http";

const NAME = "mcpguard_login";

/** What only one browser knows, so that it alone can go on with what it began; undefined of one that began nothing. */
export function browserOf({ headers }: IncomingMessage): string | undefined {
  return /(?:^|; *)mcpguard_login=([\w-]{43})(?:;|$)/.exec(headers.cookie ?? "")?.[1];
}

export function newBrowser(): string {
  return randomBytes(32).toString("base64url");
}

/** Leaves `browser` with the browser, for ten minutes and logins only; a link from another site brings it along. */
export function browserCookie(browser: string, origin: string): string {
  const secure = origin.startsWith("https:") ? "; Secure" : "";
  return `${NAME}=${browser}; Path=/_mcpguard/oauth/; Max-Age=600; HttpOnly; SameSite=Lax${secure}`;
}
