import { describe, expect, it } from "vitest";
import { Browser } from "../../fixtures/oauth/browser.ts";
import { authorizeUrl, page, register, registered } from "./facade-client.ts";
import { REDIRECT_URI } from "./person.ts";
import { startProtected } from "./start-protected.ts";

const oauth = { mode: "facade" } as const;

describe("nobody is sent where the client has not registered", () => {
  it.each([
    "https://evil.example/",
    `${REDIRECT_URI}/more`,
    `${REDIRECT_URI}?x=1`,
    "http://127.0.0.1.evil.example/callback",
    "javascript:alert(1)",
  ])("%s", async (uri) => {
    const at = await startProtected(oauth);
    const id = await registered(at, REDIRECT_URI);
    const visit = await new Browser().open(authorizeUrl(at, id, uri), uri);
    expect([visit.status, visit.url.origin]).toEqual([400, at.gateway.url]);
    expect(at.authorizationServer.asked.map(({ path }) => path)).toEqual(["/register"]);
  });

  it("but an application's port on this machine may change", async () => {
    const at = await startProtected(oauth);
    const id = await registered(at, REDIRECT_URI);
    const other = REDIRECT_URI.replace(":9/", ":5555/");
    const { url } = await new Browser().open(authorizeUrl(at, id, other), other);
    expect(url.searchParams.get("code")).toMatch(/./);
  });

  it.each([
    [[]],
    [["javascript:alert(1)"]],
    [["http://evil.example/"]],
    [["data:text/html,x"]],
    [["https://a.example/#f"]],
    [Array.from({ length: 40 }, () => `https://a.example/${"x".repeat(100)}`)],
    ["https://a.example/"],
  ])("nor can a client register %j", async (uris) => {
    const at = await startProtected(oauth);
    const response = await register(at, uris);
    expect([response.status, await response.json()]).toMatchObject([400, { error: "invalid_redirect_uri" }]);
    expect(at.authorizationServer.asked).toEqual([]);
  });

  it("nor can a client make its id up, or take another proxy's", async () => {
    const at = await startProtected(oauth);
    const other = await startProtected(oauth);
    const foreign = await registered(other, REDIRECT_URI);
    const own = await registered(at, REDIRECT_URI);
    const real = [...at.authorizationServer.grants.clients.keys()][0] ?? "";
    for (const id of [foreign, real, "", `${own}x`, own.replace(/^./, "f"), `${own}.${own}`])
      expect((await new Browser().open(authorizeUrl(at, id, REDIRECT_URI), REDIRECT_URI)).status).toBe(400);
  });
});

it("asks the person before a site on the web gets a login", async () => {
  const at = await startProtected(oauth);
  const uri = "https://app.example/back";
  const id = await registered(at, uri);
  const browser = new Browser();
  const question = await browser.open(authorizeUrl(at, id, uri), uri);
  expect([question.status, question.body]).toEqual([200, expect.stringContaining("app.example")]);
  expect(at.authorizationServer.asked.map(({ path }) => path)).toEqual(["/register"]);
  const key = /name="key" value="([^"]+)"/.exec(question.body)?.[1] ?? "";
  const yes = { method: "POST", body: new URLSearchParams({ key }) };
  expect((await new Browser().open(page(at, "confirm"), uri, yes)).status).toBe(400);
  const wrong = await browser.open(authorizeUrl(at, id, uri, { response_type: "token" }), uri);
  expect([wrong.status, wrong.url.origin]).toEqual([400, at.gateway.url]);
  const again = await browser.open(authorizeUrl(at, id, uri), uri);
  const second = new URLSearchParams({ key: /name="key" value="([^"]+)"/.exec(again.body)?.[1] ?? "" });
  const { url } = await browser.open(page(at, "confirm"), uri, { method: "POST", body: second });
  expect(url.searchParams.get("code")).toMatch(/./);
});
