import { warnOnce } from "../../../session/warn-once.ts";
import { Addresses } from "../../exchange/addresses.ts";
import type { Incoming } from "../../exchange/gateway-options.ts";
import type { Head, Upstream } from "../../exchange/upstream.ts";
import type { OAuthLogin } from "../../proxy-options.ts";
import { boundedFetch } from "../bounded-fetch.ts";
import { challengeOf, linesOf, withMetadataUrl } from "../challenge.ts";
import { Flows } from "../flows.ts";
import { problemText } from "../problem-text.ts";
import { json, oauthError, redirect, type Reply } from "../reply.ts";
import type { Document, LoginPage, PageRequest, RouteLogin } from "../route-login.ts";
import { authorize, type FacadeFlow } from "./authorize.ts";
import { Confirmation } from "./confirm.ts";
import type { FacadeContext } from "./facade-context.ts";
import { finish } from "./finish.ts";
import { localIssuer, localResource, localServer } from "./local-documents.ts";
import { isSite } from "./redirect-uris.ts";
import { register } from "./register.ts";
import { Seal } from "./seal.ts";
import { Servers } from "./servers.ts";
import { Tickets } from "./tickets.ts";
import { token } from "./token.ts";

export type FacadeRouteOptions = {
  route: string;
  mount: string;
  target: URL;
  /** The key of `sealKey`. */
  key: Buffer;
  settings: Extract<OAuthLogin, { mode: "facade" }>;
};

/** `oauth: facade`: the proxy stands in for the authorization server, so that a client's own login works through it. */
export class FacadeRoute implements RouteLogin {
  readonly #context: FacadeContext;
  readonly #flows = new Flows<FacadeFlow>();
  readonly #confirmation: Confirmation;

  constructor({ route, mount, target, key, settings }: FacadeRouteOptions) {
    const fetchFn = boundedFetch(target);
    this.#confirmation = new Confirmation(route);
    this.#context = {
      route,
      mount,
      settings,
      fetchFn,
      addresses: new Addresses(target, mount),
      servers: new Servers(target, fetchFn, settings.issuer),
      tickets: new Tickets(new Seal(key, `${route}\0${target.href}`), settings.clientId),
    };
  }

  listening(): void {}

  around(upstream: Upstream): Upstream {
    return upstream;
  }

  /** Of a challenge, only where it is described changes. */
  toCaller(head: Head, { path, ownOrigin }: Incoming): Head {
    if (head.status !== 401 && head.status !== 403) return head;
    const { addresses, mount, servers } = this.#context;
    const challenge = challengeOf(head);
    if (challenge !== undefined) servers.refused(withoutQuery(addresses.toUpstream(path)), challenge);
    const header = head.headers["www-authenticate"];
    if (header === undefined) return head;
    const url = `${ownOrigin}/.well-known/oauth-protected-resource${mount}${withoutQuery(path)}`;
    const lines = linesOf(header).map((line) => withMetadataUrl(line, url.replace(/["\\\s]/g, encodeURIComponent)));
    // Node's type says one line, but there may be several, and they stay so.
    return { ...head, headers: { ...head.headers, "www-authenticate": lines as string[] & string } };
  }

  /** Whoever logs in has no key to show, and clients show theirs to the server only; the tokens alone open nothing here. */
  page(word: string): LoginPage | undefined {
    const at = (method: "GET" | "POST", answer: LoginPage["answer"]): LoginPage => ({ method, isOpen: true, answer });
    if (word === "register") return at("POST", ({ body, origin }) => register(parsed(body), origin, this.#context));
    if (word === "authorize") return at("GET", (asked) => this.#authorize(asked));
    if (word === "confirm") return at("POST", async (asked) => this.#confirmation.answer(asked));
    if (word === "callback") return at("GET", ({ query }) => finish(query, this.#flows, this.#context.tickets));
    if (word === "token") {
      return at("POST", ({ body, request, origin }) =>
        token(new URLSearchParams(body), request.headers.authorization, origin, this.#context),
      );
    }
    return undefined;
  }

  async document(kind: Document, below: string, origin: string): Promise<Reply> {
    const { servers, addresses, route, settings } = this.#context;
    const isResource = kind === "oauth-protected-resource";
    const path = withoutQuery(addresses.toUpstream(below));
    const isNamed = isResource && (below !== "" || servers.hasRefusedAt(path));
    try {
      const server = await servers.at(isNamed ? servers.placeOf(path) : servers.last);
      const isOffered = servers.hasRefused || server.metadata !== undefined || server.resourceMetadata !== undefined;
      const issuer = localIssuer(origin, route, server);
      // Of the mount itself for clients that only look there: those of 2025-03-26.
      const isHere = isResource || below === "" || origin + below === issuer;
      if (!isOffered || !isHere) return json(404, { error: "not_found" });
      if (isResource) return json(200, localResource(server, this.#resourceAt(below, origin), issuer));
      return json(200, localServer({ origin, route, server, hasClient: settings.clientId !== undefined }));
    } catch (error) {
      warnOnce(`The login of the server ${route} cannot be offered: ${problemText(error)}`);
      // Clients take a 502 or 404 for no description at all, and go on to guess.
      return oauthError(503, "server_error", problemText(error));
    }
  }

  #resourceAt(below: string, origin: string): string {
    return `${origin}${this.#context.mount}${below}` || origin;
  }

  async #authorize(asked: PageRequest): Promise<Reply> {
    const begun = await authorize(asked.query, asked.origin, this.#context, this.#flows);
    if ("status" in begun) return begun;
    return isSite(begun.uri) ? this.#confirmation.ask(begun, asked) : redirect(begun.location.href);
  }
}

function withoutQuery(path: string): string {
  return path.split("?", 1)[0] ?? "";
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
