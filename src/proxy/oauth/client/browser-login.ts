import { GuardError } from "../../../core/errors.ts";
import { discover, type Asked, type AuthorizationServer } from "../discover.ts";
import { Flows } from "../flows.ts";
import { clientOf, register } from "./client-of.ts";
import type { LoginContext } from "./client-settings.ts";
import type { LoginRecord, Registration } from "./login-record.ts";
import { place, shared } from "./renewed.ts";
import { tokensOf } from "./tokens-of.ts";

type Flow = {
  server: AuthorizationServer;
  asked: Asked;
  client: Registration & { redirect_uri?: string };
  redirectUri: string;
  verifier: string;
  scope: string | undefined;
  /** Known to the browser that began only. */
  browser: string;
};

/** A person's login at the upstream's authorization server, for the proxy: authorization code with PKCE. */
export class BrowserLogin {
  readonly #context: LoginContext;
  readonly #flows = new Flows<Flow>();
  /** Of a login that is not finished yet: not every visit registers anew. */
  #registered: { issuer: string; client: Flow["client"] } | undefined;

  constructor(context: LoginContext) {
    this.#context = context;
  }

  /**
   * Where the browser has to go. It comes back to `redirectUri`, and must then show `browser`: whoever is sent on to a
   * login by somebody else would give that one the use of their account.
   */
  async begin(asked: Asked, wanted: string | undefined, redirectUri: string, browser: string): Promise<URL> {
    const { settings, file, fetchFn } = this.#context;
    const server = await discover(asked, fetchFn);
    const scope = scopeFor(server, wanted ?? settings.scopes?.join(" "));
    const client =
      [clientOf(server, file.read(), this.#context), this.#registeredAt(server)].find((each) =>
        isFor(each, redirectUri),
      ) ?? (await this.#register(server, redirectUri, scope));
    const { startAuthorization } = await import("../sdk.ts");
    const flow = { server, asked, client, redirectUri, scope, browser, verifier: "" };
    const { authorizationUrl, codeVerifier } = await startAuthorization(server.url, {
      ...shared(server),
      clientInformation: client,
      redirectUrl: redirectUri,
      state: this.#flows.put(flow),
      ...(scope === undefined ? {} : { scope }),
    });
    flow.verifier = codeVerifier;
    return authorizationUrl;
  }

  #registeredAt({ issuer }: AuthorizationServer): Flow["client"] | undefined {
    return this.#registered?.issuer === issuer ? this.#registered.client : undefined;
  }

  async #register(
    server: AuthorizationServer,
    redirectUri: string,
    scope: string | undefined,
  ): Promise<Flow["client"]> {
    const client = await register(server, redirectUri, scope, this.#context);
    this.#registered = { issuer: server.issuer, client };
    return client;
  }

  /** Takes the answer the browser brings back, and keeps the login. Rejects where it is not the answer to a question. */
  async finish(answer: URLSearchParams, browser: string | undefined): Promise<void> {
    const flow = this.#flows.take(answer.get("state"));
    if (flow === undefined || flow.browser !== browser) throw unknown();
    const { server, client, redirectUri, verifier, scope, asked } = flow;
    const { exchangeAuthorization, validateAuthorizationResponseIssuer } = await import("../sdk.ts");
    const iss = answer.get("iss") ?? undefined;
    validateAuthorizationResponseIssuer({
      iss,
      expectedIssuer: server.metadata?.issuer,
      issParameterSupported: server.metadata?.authorization_response_iss_parameter_supported === true,
    });
    const code = answer.get("code");
    if (code === null) throw refused(answer.get("error"));
    const tokens = await exchangeAuthorization(server.url, {
      ...shared(server),
      clientInformation: client,
      authorizationCode: code,
      codeVerifier: verifier,
      redirectUri,
      ...(iss === undefined ? {} : { iss }),
      fetchFn: this.#context.fetchFn,
    });
    const login: LoginRecord = {
      upstream: this.#context.target.href,
      issuer: server.issuer,
      ...place(asked),
      ...(client.redirect_uri === undefined ? {} : { registration: { ...client, redirect_uri: redirectUri } }),
      ...(scope === undefined ? {} : { scope }),
      tokens: tokensOf(tokens, Date.now()),
    };
    this.#context.file.settle(login);
  }
}

/** A client of the configuration is registered by hand; one of the proxy's own has one way back. */
function isFor(client: Flow["client"] | undefined, redirectUri: string): client is Flow["client"] {
  return client !== undefined && (client.redirect_uri ?? redirectUri) === redirectUri;
}

/** What the upstream named, else all it knows; and to stay logged in, where that has to be asked for. */
function scopeFor({ metadata, resourceMetadata }: AuthorizationServer, wanted: string | undefined): string | undefined {
  const scope = wanted ?? resourceMetadata?.scopes_supported?.join(" ");
  if (scope === undefined || scope === "") return undefined;
  const isOffered = metadata?.scopes_supported?.includes("offline_access") === true;
  return isOffered && !scope.split(" ").includes("offline_access") ? `${scope} offline_access` : scope;
}

function unknown(): GuardError {
  return new GuardError(
    "LOGIN_UNKNOWN",
    "This login was not begun here, has been finished, or took longer than ten minutes",
    "Begin again, and finish it in the same browser.",
  );
}

function refused(error: string | null): GuardError {
  const code = error !== null && /^[\w.-]{1,60}$/.test(error) ? error : "neither a code nor an error";
  return new GuardError("LOGIN_REFUSED", `The authorization server said ${code}`, "Begin again.");
}
