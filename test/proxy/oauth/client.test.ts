import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { Browser } from "../../fixtures/oauth/browser.ts";
import { startGateway, upstreamAt } from "../exchange/gateway.ts";
import { sdks } from "./clients.ts";
import { logIn } from "./log-in.ts";
import { startProtected } from "./start-protected.ts";

const oauth = { mode: "client" } as const;

describe.each(sdks)("a server behind a proxy that logs in itself, SDK %s", (_, connect) => {
  it("names the page to open until somebody has logged in, then needs no login", async () => {
    const { url, gateway, authorizationServer, server } = await startProtected(oauth);
    const page = `${gateway.url}/_mcpguard/oauth/login/guarded`;
    await expect(connect(url)).rejects.toThrow(`mcpguard: the server guarded wants a login; open ${page} in a browser`);
    expect((await logIn(gateway.url)).status).toBe(200);
    const client = await connect(url);
    expect(await client.call("whoami")).toBe("you");
    const [registration, authorization, token] = authorizationServer.asked;
    expect(registration?.path).toBe("/register");
    expect(authorization?.parameters.get("resource")).toBe(server.url);
    expect(authorization?.parameters.get("code_challenge_method")).toBe("S256");
    expect(authorization?.parameters.get("redirect_uri")).toBe(`${gateway.url}/_mcpguard/oauth/callback/guarded`);
    expect(token?.parameters.get("resource")).toBe(server.url);
  });

  it("asks for more rights, once a tool wants them, and keeps the ones it has", async () => {
    const { url, gateway, authorizationServer } = await startProtected(oauth);
    await connect(url).catch(() => {});
    await logIn(gateway.url);
    const client = await connect(url);
    await expect(client.call("admin")).rejects.toThrow("wants a login with more rights; open ");
    await logIn(gateway.url);
    expect(await client.call("admin")).toBe("admin");
    const scopes = authorizationServer.asked.flatMap(({ path, parameters }) =>
      path === "/authorize" ? parameters.get("scope") : [],
    );
    expect(scopes).toEqual(["read", "read admin"]);
  });

  it("renews the login once for all callers, whatever process they ask", async () => {
    const { url, gateway, authorizationServer, server } = await startProtected(oauth);
    await connect(url).catch(() => {});
    await logIn(gateway.url);
    const options = { home: gateway.home, logFolder: join(gateway.home, "log2") };
    const second = await startGateway([upstreamAt(server.origin, { oauth, name: "guarded" })], options);
    const clients = await Promise.all(
      [url, url, `${second.url}/mcp`, `${second.url}/mcp`].map((each) => connect(each)),
    );
    authorizationServer.grants.expire();
    const answers = await Promise.all(clients.flatMap((client) => [client.call("whoami"), client.call("whoami")]));
    expect(answers).toEqual(Array(8).fill("you"));
    const grants = authorizationServer.asked.map(({ parameters }) => parameters.get("grant_type"));
    expect(grants.filter((grant) => grant === "refresh_token")).toHaveLength(1);
  });
});

describe("what the proxy keeps of its login", () => {
  it("stands in a file for its owner only, and nowhere else", async () => {
    const { url, gateway } = await startProtected(oauth);
    const [, connect] = sdks[1] ?? [];
    await connect?.(url).catch(() => {});
    await logIn(gateway.url);
    await (await connect?.(url))?.call("whoami");
    await gateway.close();
    const folder = join(gateway.home, "state/oauth");
    const files = readdirSync(folder).map((name) => join(folder, name));
    expect(files).toHaveLength(1);
    expect(files.map((path) => statSync(path).mode & 0o777)).toEqual([0o600]);
    const { access } = JSON.parse(readFileSync(files[0] ?? "", "utf8")).login.tokens;
    expect(access).toMatch(/^access-/);
    const logs = readdirSync(join(gateway.home, "log")).map((name) =>
      readFileSync(join(gateway.home, "log", name), "utf8"),
    );
    expect(logs.join("")).toContain("wants a login");
    expect(logs.join("")).not.toMatch(/access-|refresh-|code-/);
  });

  it("outlives the proxy, but not its being revoked", async () => {
    const { url, gateway, authorizationServer, server } = await startProtected(oauth);
    const [, connect] = sdks[0] ?? [];
    await connect?.(url).catch(() => {});
    await logIn(gateway.url);
    await gateway.close();
    const options = { home: gateway.home };
    const next = await startGateway([upstreamAt(server.origin, { oauth, name: "guarded" })], options);
    expect(await (await connect?.(`${next.url}/mcp`))?.call("whoami")).toBe("you");
    authorizationServer.grants.revoke();
    await expect(connect?.(`${next.url}/mcp`)).rejects.toThrow("wants a login; open ");
  });
});

describe("a caller", () => {
  it("is never answered 401, and its own Authorization goes nowhere", async () => {
    const { url, server } = await startProtected(oauth);
    const ask = (init: RequestInit): Promise<Response> =>
      fetch(url, {
        ...init,
        headers: {
          authorization: "Bearer own",
          "content-type": "application/json",
          accept: "application/json, text/event-stream",
        },
      });
    const request = await ask({ method: "POST", body: '{"jsonrpc":"2.0","id":"7","method":"tools/list"}' });
    expect(request.status).toBe(200);
    expect(await request.json()).toMatchObject({
      id: "7",
      error: { message: expect.stringContaining("wants a login") },
    });
    const notification = await ask({ method: "POST", body: '{"jsonrpc":"2.0","method":"notifications/initialized"}' });
    expect(notification.status).toBe(502);
    expect(server.credentials).toEqual([undefined, undefined]);
  });

  it("finds no description of a login", async () => {
    const { gateway } = await startProtected(oauth);
    for (const path of ["oauth-protected-resource/mcp", "oauth-protected-resource", "oauth-authorization-server"])
      expect((await fetch(`${gateway.url}/.well-known/${path}`)).status).toBe(404);
  });
});

describe("the way back of a login", () => {
  it("is open to the browser that began it only, and once", async () => {
    const { url, gateway } = await startProtected(oauth);
    const [, connect] = sdks[1] ?? [];
    await connect?.(url).catch(() => {});
    const browser = new Browser();
    const back = `${gateway.url}/_mcpguard/oauth/callback/`;
    const visit = await browser.open(`${gateway.url}/_mcpguard/oauth/login/guarded`, back);
    expect((await new Browser().open(visit.url)).status).toBe(400);
    expect((await browser.open(visit.url)).status).toBe(400);
    const again = await browser.open(`${gateway.url}/_mcpguard/oauth/login/guarded`, back);
    expect((await browser.open(again.url)).status).toBe(200);
    expect((await browser.open(again.url)).status).toBe(400);
    expect((await browser.open(`${back}guarded?code=x&state=forged`)).status).toBe(400);
  });

  it.each([
    ["another issuer", "https://evil.example"],
    ["no issuer", null],
  ])("takes no code from %s", async (_, iss) => {
    const { url, gateway, authorizationServer } = await startProtected(oauth);
    const [, connect] = sdks[1] ?? [];
    await connect?.(url).catch(() => {});
    authorizationServer.iss = iss;
    const { status, body } = await logIn(gateway.url);
    expect([status, body]).toEqual([400, expect.stringContaining("another authorization server")]);
    expect(authorizationServer.asked.map(({ path }) => path)).not.toContain("/token");
  });

  it("does not begin because another site wants it to", async () => {
    const { url, gateway, authorizationServer } = await startProtected(oauth);
    await fetch(url, { method: "POST", body: '{"jsonrpc":"2.0","id":1,"method":"ping"}' });
    const headers = { "sec-fetch-site": "cross-site" };
    const page = `${gateway.url}/_mcpguard/oauth/login/guarded`;
    const visit = await new Browser().open(page, undefined, { headers });
    expect([visit.url.href, visit.body]).toEqual([page, expect.stringContaining("Log in to guarded")]);
    expect(authorizationServer.asked).toEqual([]);
  });

  it("begins with the proxy's key only, but ends without", async () => {
    const { url, gateway } = await startProtected(oauth, { apiKey: "the-key" });
    await fetch(url, {
      method: "POST",
      body: '{"jsonrpc":"2.0","id":1,"method":"ping"}',
      headers: { "x-mcpguard-key": "the-key" },
    });
    const page = `${gateway.url}/_mcpguard/oauth/login/guarded`;
    expect((await new Browser().open(page)).status).toBe(401);
    const headers = { authorization: `Basic ${Buffer.from("me:the-key").toString("base64")}` };
    expect(await new Browser().open(page, undefined, { headers })).toMatchObject({ status: 200 });
  });
});

it("logs in without anybody where the configuration says so, and widens its rights by itself", async () => {
  const settings = { ...oauth, grant: "client_credentials" } as const;
  const { authorizationServer, server } = await startProtected(oauth);
  const { id, secret = "" } = authorizationServer.grants.register([], true);
  const login = { ...settings, clientId: id, clientSecret: secret };
  const gateway = await startGateway([upstreamAt(server.origin, { oauth: login, name: "robot" })]);
  const [, connect] = sdks[1] ?? [];
  const client = await connect?.(`${gateway.url}/mcp`);
  expect(await client?.call("whoami")).toBe("you");
  expect(await client?.call("admin")).toBe("admin");
  authorizationServer.grants.expire();
  expect(await client?.call("admin")).toBe("admin");
});
