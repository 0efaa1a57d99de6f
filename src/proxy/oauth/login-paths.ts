import type { IncomingMessage, ServerResponse } from "node:http";
import { corsHeaders, preflight } from "../access/preflight.ts";
import type { OwnAnswer } from "../access/refusal.ts";
import { climbs } from "../exchange/addresses.ts";
import { readBody } from "../exchange/read-body.ts";
import { json, oauthError, type Reply } from "./reply.ts";
import type { Document, LoginPage, RouteLogin } from "./route-login.ts";

/** A route as far as logins are concerned. */
export type RouteWithLogin = { name: string; mount: string; login: RouteLogin | undefined };

/** A page or document of a login, for one request. */
export type LoginAnswer = {
  /** True where the API key is not needed. */
  isOpen: boolean;
  answer(request: IncomingMessage, response: ServerResponse, origin: string): Promise<void>;
};

const MAX_BODY = 64 * 1024;

const mayConcern = /^\/_mcpguard\/oauth\/|\/\.well-known\//;
const pages = /^\/_mcpguard\/oauth\/([a-z]+)\/([\w.-]+)$/;
const inserted = /^\/\.well-known\/(oauth-protected-resource|oauth-authorization-server|openid-configuration)(\/.*)?$/;
const appended = /^(.*)\/\.well-known\/(oauth-authorization-server|openid-configuration)$/;
const issuers = /^\/_mcpguard\/oauth\/as\/([\w.-]+)\/\w+$/;

/** Finds what a path is to a login; undefined where it is nothing of the kind. */
export function createLoginPaths(routes: readonly RouteWithLogin[]): (url: string) => LoginAnswer | undefined {
  // `/s/a` must not take what is `/s/a/b`'s.
  const byLength = routes.toSorted((a, b) => b.mount.length - a.mount.length);

  /** The route that a path is about, and what of the path is below it. */
  function ownerOf(path: string): { login: RouteLogin; below: string } | undefined {
    const [, name] = issuers.exec(path) ?? [];
    if (name !== undefined) {
      const login = routes.find((route) => route.name === name)?.login;
      return login && { login, below: path };
    }
    const route = byLength.find(({ mount }) => path === mount || path.startsWith(`${mount}/`));
    return route?.login && { login: route.login, below: path.slice(route.mount.length) };
  }

  function pageAt(word: string, name: string | undefined): LoginAnswer | undefined {
    const page = routes.find((route) => route.name === name)?.login?.page(word);
    return page && toAnswer(page);
  }

  function documentAt(path: string, kind: string): LoginAnswer | undefined {
    const owner = ownerOf(path);
    if (owner === undefined || !isDocument(kind)) return undefined;
    const { login, below } = owner;
    return toAnswer({ method: "GET", isOpen: true, answer: ({ origin }) => login.document(kind, below, origin) });
  }

  return (url) => {
    if (!mayConcern.test(url) || climbs(url)) return undefined;
    const [path = "/"] = url.split("?", 1);
    const [, word, name] = pages.exec(path) ?? [];
    if (word !== undefined) return pageAt(word, name);
    const [, kind, suffix = ""] = inserted.exec(path) ?? [];
    if (kind !== undefined) return documentAt(suffix, kind);
    const [, before = "", last] = appended.exec(path) ?? [];
    return last === undefined ? undefined : documentAt(before, last);
  };
}

function isDocument(kind: string): kind is Document {
  return inserted.test(`/.well-known/${kind}`);
}

function toAnswer({ method, isOpen, answer }: LoginPage): LoginAnswer {
  return {
    isOpen,
    answer: async (request, response, origin) => {
      const asked = preflight(request);
      if (asked !== undefined) return send(request, response, asked);
      const isAllowed = request.method === method || (request.method === "HEAD" && method === "GET");
      if (!isAllowed) return send(request, response, json(405, { error: "method_not_allowed" }));
      const query = new URLSearchParams(request.url?.split("?").slice(1).join("?") ?? "");
      const body = await readBody(request, MAX_BODY).catch(() => undefined);
      if (body === undefined) {
        response.setHeader("connection", "close");
        return send(request, response, oauthError(413, "invalid_request", "The request is too large."));
      }
      send(request, response, await answer({ request, origin, query, body: body.toString() }));
    },
  };
}

/** Clients in web pages read these answers, too; the origin check has let them in. */
function send(request: IncomingMessage, response: ServerResponse, { status, headers, body }: Reply | OwnAnswer): void {
  const cors = corsHeaders(request.headers.origin);
  response
    .writeHead(status, { ...cors, ...headers, "content-length": Buffer.byteLength(body) })
    .end(request.method === "HEAD" ? undefined : body);
}
