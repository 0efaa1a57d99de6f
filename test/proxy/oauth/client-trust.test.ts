import { describe, expect, it } from "vitest";
import { problemText } from "../../../src/proxy/oauth/problem-text.ts";
import { startGateway, upstreamAt } from "../exchange/gateway.ts";
import { startUpstream } from "../exchange/raw-upstream.ts";
import { sdks } from "./clients.ts";
import { logIn } from "./log-in.ts";
import { startProtected } from "./start-protected.ts";

const oauth = { mode: "client" } as const;
const [, connect] = sdks[1] ?? [];

describe("a login is worth nothing to an authorization server that it was not made at", () => {
  it("so a server that moves to another one needs a new login, and registration", async () => {
    const { url, gateway, server, authorizationServer } = await startProtected(oauth);
    await connect?.(url).catch(() => {});
    await logIn(gateway.url);
    const client = await connect?.(url);
    const next = (await startProtected(oauth)).authorizationServer;
    next.resources.push(server.url);
    server.authorizationServer = next;
    await expect(client?.call("whoami")).rejects.toThrow("wants a login; open ");
    expect(next.asked).toEqual([]);
    await logIn(gateway.url);
    expect(await client?.call("whoami")).toBe("you");
    expect(next.asked.map(({ path }) => path)).toEqual(["/register", "/authorize", "/token"]);
    expect(authorizationServer.asked).toHaveLength(3);
  });

  it("but is kept, in case the server only seemed to have moved", async () => {
    const { url, gateway, authorizationServer, server } = await startProtected(oauth);
    await connect?.(url).catch(() => {});
    await logIn(gateway.url);
    const client = await connect?.(url);
    authorizationServer.grants.expire();
    server.authorizationServer = (await startProtected(oauth)).authorizationServer;
    await expect(client?.call("whoami")).rejects.toThrow("wants a login; open ");
    server.authorizationServer = authorizationServer;
    expect(await client?.call("whoami")).toBe("you");
  });

  it("and a secret of the configuration stays with the first that took it", async () => {
    const { server, authorizationServer } = await startProtected(oauth);
    const { id: clientId, secret: clientSecret = "" } = authorizationServer.grants.register([], true);
    const robot = { ...oauth, grant: "client_credentials", clientId, clientSecret } as const;
    const gateway = await startGateway([upstreamAt(server.origin, { oauth: robot, name: "robot" })]);
    const client = await connect?.(`${gateway.url}/mcp`);
    const evil = (await startProtected(oauth)).authorizationServer;
    server.authorizationServer = evil;
    await expect(client?.call("whoami")).rejects.toThrow(
      /names another authorization server \(\S+\) than the secret is for/,
    );
    expect(evil.asked).toEqual([]);
  });
});

describe("a server cannot make the proxy ask", () => {
  it.each([
    ["http://169.254.169.254/", "which is not https"],
    ["https://169.254.169.254/", "which hands out a cloud's credentials"],
    ["http://10.0.0.1/", "which is not https"],
  ])("%s", async (address, why) => {
    const server = await startUpstream(({ socket, start }) => {
      const isAsked = start[1].startsWith("/.well-known/oauth-protected-resource");
      const body = JSON.stringify({ resource: `${server.url}/mcp`, authorization_servers: [address] });
      const head = isAsked ? "200 OK\r\nContent-Type: application/json" : "401 No\r\nWWW-Authenticate: Bearer";
      socket.write(`HTTP/1.1 ${head}\r\nContent-Length: ${isAsked ? body.length : 0}\r\n\r\n${isAsked ? body : ""}`);
    });
    const gateway = await startGateway([upstreamAt(server.url, { oauth, name: "guarded" })]);
    await fetch(`${gateway.url}/mcp`, { method: "POST", body: '{"jsonrpc":"2.0","id":1,"method":"ping"}' });
    const { status, body } = await logIn(gateway.url);
    expect([status, body.replaceAll("&#39;", "'")]).toEqual([502, expect.stringContaining(why)]);
  });
});

it("says nothing that an authorization server wrote", async () => {
  const { OAuthError } = await import("@modelcontextprotocol/client");
  const secret = "access-123";
  const texts = [
    new OAuthError("server_error", `Invalid OAuth error response. Raw body: ${secret}`),
    new OAuthError(secret.repeat(20), "x"),
    new SyntaxError(`Unexpected token "${secret}"`),
    Object.assign(new Error(secret), { name: "RegistrationRejectedError", submittedMetadata: {}, status: 403 }),
  ].map(problemText);
  expect(texts.join("")).not.toContain(secret);
  expect(texts[0]).toBe("its authorization server said server_error");
  expect(texts[3]).toContain("HTTP 403");
});

it("tells a failing authorization server from a refused login, and keeps the login", async () => {
  const { url, gateway, authorizationServer } = await startProtected(oauth);
  await connect?.(url).catch(() => {});
  await logIn(gateway.url);
  const client = await connect?.(url);
  authorizationServer.grants.expire();
  authorizationServer.metadata = { token_endpoint: "http://127.0.0.1:9/token" };
  await expect(client?.call("whoami")).rejects.toThrow("could not be renewed: http://127.0.0.1:9 does not answer");
  authorizationServer.metadata = {};
  expect(await client?.call("whoami")).toBe("you");
});
