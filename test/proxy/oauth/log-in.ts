import { Browser, type Visit } from "../../fixtures/oauth/browser.ts";

/** A person logs in on the proxy's page; resolves to the page at the end. */
export function logIn(gateway: string, route = "guarded"): Promise<Visit> {
  return new Browser().open(`${gateway}/_mcpguard/oauth/login/${route}`);
}
