import { say } from "../../../process/stderr.ts";
import { html } from "../../dashboard/html/html.ts";
import type { Head, Upstream } from "../../exchange/upstream.ts";
import { browserCookie, browserOf, newBrowser } from "../browser-cookie.ts";
import { reachable } from "../../banner.ts";
import { boundedFetch } from "../bounded-fetch.ts";
import type { Challenge } from "../challenge.ts";
import { pagePath } from "../page-path.ts";
import { problemText } from "../problem-text.ts";
import { json, page, redirect, type Reply } from "../reply.ts";
import type { LoginPage, PageRequest, RouteLogin } from "../route-login.ts";
import { BrowserLogin } from "./browser-login.ts";
import { ClientLogin } from "./client-login.ts";
import type { ClientSettings } from "./client-settings.ts";
import { LoggedInUpstream } from "./logged-in-upstream.ts";
import { LoginFile } from "./login-file.ts";
import { LoginProblem } from "./login-problem.ts";

export type ClientRouteOptions = { route: string; target: URL; home: string; settings: ClientSettings };

/** `oauth: client`: callers see a server without a login, since the proxy has one. */
export class ClientRoute implements RouteLogin {
  readonly #target: URL;
  readonly #isByItself: boolean;
  readonly #route: string;
  readonly #login: ClientLogin;
  readonly #browser: BrowserLogin;
  #url = "";
  #isAnnounced = false;

  constructor({ route, target, home, settings }: ClientRouteOptions) {
    const file = new LoginFile(home, route, target.href);
    const context = { route, target, settings, file, fetchFn: boundedFetch(target) };
    this.#route = route;
    this.#target = target;
    this.#isByItself = settings.grant === "client_credentials";
    this.#login = new ClientLogin(context);
    this.#browser = new BrowserLogin(context);
  }

  listening(url: string): void {
    this.#url = reachable(url);
  }

  /** The token goes to the server that it is for, whatever else is behind the route. */
  around(upstream: Upstream): ReturnType<RouteLogin["around"]> {
    if (upstream.target.origin !== this.#target.origin) return upstream;
    return new LoggedInUpstream({ upstream, login: this.#login, needed: (challenge) => this.#needed(challenge) });
  }

  toCaller(head: Head): Head {
    return head;
  }

  /** Whoever begins a login decides whose account the proxy uses, so that takes the key; the way back has a state. */
  page(word: string): LoginPage | undefined {
    if (word === "login") return { method: "GET", isOpen: false, answer: (asked) => this.#begin(asked) };
    if (word === "callback") return { method: "GET", isOpen: true, answer: (asked) => this.#finish(asked) };
    return undefined;
  }

  /** The upstream's own would send callers to a login that leads past the proxy. */
  async document(): Promise<Reply> {
    return json(404, { error: "not_found" });
  }

  #needed({ error }: Challenge): LoginProblem {
    if (this.#isByItself) return new LoginProblem("refuses the login that the proxy has for it");
    const path = this.#path("login");
    const what = error === "insufficient_scope" ? "wants a login with more rights" : "wants a login";
    if (!this.#isAnnounced) say(`the server ${this.#route} ${what}; open ${this.#url}${path} in a browser`);
    this.#isAnnounced = true;
    return new LoginProblem(what, path);
  }

  async #begin({ request, origin }: PageRequest): Promise<Reply> {
    // Another site's link or picture must not log somebody in unasked.
    if (!["none", "same-origin"].includes(request.headers["sec-fetch-site"] ?? "none")) return this.#ask();
    const browser = browserOf(request) ?? newBrowser();
    try {
      const { asked, scope } = this.#login;
      const url = await this.#browser.begin(asked, scope, origin + this.#path("callback"), browser);
      return redirect(url.href, { "set-cookie": browserCookie(browser, origin) });
    } catch (error) {
      return this.#failed(502, error);
    }
  }

  #ask(): Reply {
    const link = html`<p><a href="${this.#path("login")}">Log in to ${this.#route}</a></p>`;
    const what = html`<p>Everybody who uses this proxy will use the server in the name of whoever logs in.</p>`;
    return page(200, "Log mcpguard in?", what, link);
  }

  async #finish({ request, query }: PageRequest): Promise<Reply> {
    try {
      await this.#browser.finish(query, browserOf(request));
    } catch (error) {
      return this.#failed(400, error);
    }
    this.#login.loggedIn();
    this.#isAnnounced = false;
    const done = html`<p>
      mcpguard is logged in to ${this.#route}. You can close this page and try again what you did.
    </p>`;
    return page(200, "Logged in", done);
  }

  #failed(status: number, error: unknown): Reply {
    const again = html`<p><a href="${this.#path("login")}">Begin again</a></p>`;
    return page(
      status,
      "Not logged in",
      html`<p>mcpguard could not log in to ${this.#route}: ${problemText(error)}</p>`,
      again,
    );
  }

  #path(word: string): string {
    return pagePath(word, this.#route);
  }
}
