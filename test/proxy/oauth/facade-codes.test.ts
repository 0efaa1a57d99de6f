import { describe, expect, it } from "vitest";
import { Browser } from "../../fixtures/oauth/browser.ts";
import { sdks } from "./clients.ts";
import { authorizeUrl, page, redeem, registered } from "./facade-client.ts";
import { Person, REDIRECT_URI } from "./person.ts";
import { startProtected, type Protected } from "./start-protected.ts";

const oauth = { mode: "facade" } as const;

describe("a code", () => {
  async function codeFor(at: Protected, id: string): Promise<string> {
    const { url } = await new Browser().open(authorizeUrl(at, id, REDIRECT_URI), REDIRECT_URI);
    return url.searchParams.get("code") ?? "";
  }

  it("is good for the client and the way back that it was given for", async () => {
    const at = await startProtected(oauth);
    const [id, other] = [await registered(at, REDIRECT_URI), await registered(at, REDIRECT_URI)];
    const code = await codeFor(at, id);
    for (const wrong of [{ client_id: other }, { client_id: id, redirect_uri: "http://127.0.0.1:9/other" }]) {
      const answer = await redeem(at, { code, ...wrong });
      expect([answer.status, await answer.json()]).toMatchObject([400, { error: "invalid_grant" }]);
    }
    expect(at.authorizationServer.asked.map(({ path }) => path)).not.toContain("/token");
    const good = await redeem(at, { code, client_id: id });
    expect([good.status, await good.json()]).toMatchObject([200, { token_type: "Bearer", scope: "" }]);
    expect((await redeem(at, { code, client_id: id })).status).toBe(400);
  });

  it("is good with the client's own verifier only", async () => {
    const at = await startProtected(oauth);
    const id = await registered(at, REDIRECT_URI);
    const answer = await redeem(at, { code: await codeFor(at, id), client_id: id, code_verifier: "b".repeat(43) });
    expect([answer.status, await answer.json()]).toEqual([400, { error: "invalid_grant" }]);
  });

  it("is for this server, whatever resource the client asks for", async () => {
    const at = await startProtected(oauth);
    const id = await registered(at, REDIRECT_URI);
    for (const resource of ["https://evil.example/mcp", at.server.url, `${at.gateway.url}.evil/mcp`]) {
      const { url } = await new Browser().open(authorizeUrl(at, id, REDIRECT_URI, { resource }), REDIRECT_URI);
      expect(url.searchParams.get("error")).toBe("invalid_target");
    }
  });
});

describe("the authorization server's answer", () => {
  it.each([
    ["of another issuer", "https://evil.example"],
    ["of no issuer", null],
  ])("%s is not believed", async (_, iss) => {
    const at = await startProtected(oauth);
    at.authorizationServer.iss = iss;
    const id = await registered(at, REDIRECT_URI);
    const { url } = await new Browser().open(authorizeUrl(at, id, REDIRECT_URI), REDIRECT_URI);
    expect([url.searchParams.get("code"), url.searchParams.get("error")]).toEqual([null, "server_error"]);
    expect(url.searchParams.get("state")).toBe("s");
  });

  it("is taken once, and only for a login that began here", async () => {
    const at = await startProtected(oauth);
    const id = await registered(at, REDIRECT_URI);
    const browser = new Browser();
    const callback = page(at, "callback");
    const { url } = await browser.open(authorizeUrl(at, id, REDIRECT_URI), callback);
    expect((await browser.open(url, REDIRECT_URI)).status).toBe(0);
    expect((await browser.open(url, REDIRECT_URI)).status).toBe(400);
    expect((await browser.open(`${callback}?code=x&state=forged`, REDIRECT_URI)).status).toBe(400);
  });
});

it("lets all callers be the client of the configuration, whose secret stays here", async () => {
  const settings = { ...oauth, clientId: "configured", clientSecret: "the-secret" };
  const at = await startProtected(settings);
  const callback = page(at, "callback");
  at.authorizationServer.grants.clients.set("configured", {
    id: "configured",
    secret: "the-secret",
    redirectUris: [callback],
  });
  const [, connect] = sdks[1] ?? [];
  const person = new Person();
  const client = await connect?.(at.url, person);
  expect(await client?.call("whoami")).toBe("you");
  at.authorizationServer.grants.expire();
  expect(await client?.call("whoami")).toBe("you");
  expect(JSON.stringify(person.saved)).not.toContain("the-secret");
  // Nobody becomes the client without a person's login.
  const { client_id: id } = person.saved["client"] as { client_id: string };
  for (const each of [id, "configured"]) {
    const answer = await redeem(at, { grant_type: "client_credentials", client_id: each, client_secret: "x" });
    expect([answer.status, await answer.json()]).toMatchObject([400, { error: "unsupported_grant_type" }]);
  }
});

it("tells a client to register again where the server has moved to another authorization server", async () => {
  const at = await startProtected(oauth);
  const next = await startProtected(oauth);
  const id = await registered(at, REDIRECT_URI);
  at.server.authorizationServer = next.authorizationServer;
  await fetch(at.url, { method: "POST" });
  const answer = await redeem(at, { grant_type: "refresh_token", client_id: id, refresh_token: "of the old one" });
  expect([answer.status, await answer.json()]).toMatchObject([401, { error: "invalid_client" }]);
  expect(next.authorizationServer.asked).toEqual([]);
});

it("bounds what it reads, and answers wrong methods", async () => {
  const at = await startProtected(oauth);
  expect((await fetch(page(at, "register"), { method: "POST", body: "x".repeat(70_000) })).status).toBe(413);
  expect((await fetch(page(at, "token"))).status).toBe(405);
  expect((await fetch(page(at, "register"), { method: "POST", body: "no json" })).status).toBe(400);
});

it("lets web pages of this machine log in, too", async () => {
  const at = await startProtected(oauth);
  const origin = "http://localhost:6274";
  const asked = { origin, "access-control-request-method": "POST", "access-control-request-headers": "content-type" };
  const preflight = await fetch(page(at, "token"), { method: "OPTIONS", headers: asked });
  expect([preflight.status, preflight.headers.get("access-control-allow-headers")]).toEqual([204, "content-type"]);
  const described = `${at.gateway.url}/.well-known/oauth-protected-resource/mcp`;
  expect((await fetch(described, { headers: { origin } })).headers.get("access-control-allow-origin")).toBe(origin);
  expect((await fetch(described, { headers: { origin: "https://evil.example" } })).status).toBe(403);
});
