import { randomBytes } from "node:crypto";

const NAME = "mcpguard_login";

/** What only one browser knows, so that it alone can go on with what it began. */
export function newBrowser(): string {
  return randomBytes(32).toString("base64url");
}

/** Leaves `browser` with the browser, for ten minutes and one path; a link from another site brings it along. */
export function browserCookie(browser: string, origin: string, path: string): string {
  const secure = origin.startsWith("https:") ? "; Secure" : "";
  return `${NAME}=${browser}; Path=${path}; Max-Age=600; HttpOnly; SameSite=Lax${secure}`;
}

export function browserOf(cookies: string | undefined): string | undefined {
  return /(?:^|; *)mcpguard_login=([\w-]+)/.exec(cookies ?? "")?.[1];
}
