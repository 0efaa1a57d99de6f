import { html } from "../../dashboard/html/html.ts";
import { browserCookie, browserOf, newBrowser } from "../browser-cookie.ts";
import { Flows } from "../flows.ts";
import { pagePath } from "../page-path.ts";
import { page, redirect, type Reply } from "../reply.ts";
import type { PageRequest } from "../route-login.ts";
import type { Begun } from "./authorize.ts";

/**
 * Asks the person whether a site on the web may have the login: its authorization server sees the proxy ask, and may
 * have said yes to the proxy before. https://modelcontextprotocol.io/specification/2026-07-28/basic/security_best_practices
 */
export class Confirmation {
  readonly #route: string;
  readonly #waiting = new Flows<{ location: URL; browser: string }>();

  constructor(route: string) {
    this.#route = route;
  }

  ask({ location, uri }: Begun, { request, origin }: PageRequest): Reply {
    const path = pagePath("confirm", this.#route);
    const browser = browserOf(request) ?? newBrowser();
    const key = this.#waiting.put({ location, browser });
    const question = html`<p>
        <strong>${new URL(uri).host}</strong> wants to use the server <strong>${this.#route}</strong> in your name,
        through mcpguard. After your login it gets what it needs for that.
      </p>
      <form method="post" action="${path}">
        <input type="hidden" name="key" value="${key}" />
        <button>Go on to the login</button>
      </form>
      <p>If you did not begin this, close the page.</p>`;
    const reply = page(200, `Let ${new URL(uri).host} log in?`, question);
    return { ...reply, headers: { ...reply.headers, "set-cookie": browserCookie(browser, origin) } };
  }

  answer({ request, body }: PageRequest): Reply {
    const begun = this.#waiting.take(new URLSearchParams(body).get("key"));
    if (begun === undefined || begun.browser !== browserOf(request))
      return page(400, "This login is not known", html`<p>It took longer than ten minutes, or began elsewhere.</p>`);
    return { ...redirect(begun.location.href), status: 303 };
  }
}
