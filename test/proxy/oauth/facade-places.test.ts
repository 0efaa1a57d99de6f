import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { startAuthorizationServer } from "../../fixtures/oauth/authorization-server.ts";
import { startResourceServer } from "../../fixtures/oauth/resource-server.ts";
import { startGateway, upstreamAt } from "../exchange/gateway.ts";
import { sdks } from "./clients.ts";
import { Person } from "./person.ts";
import { startProtected } from "./start-protected.ts";

const oauth = { mode: "facade" } as const;

async function describedAt(url: string, init: RequestInit = {}): Promise<{ [name: string]: unknown }> {
  const response = await fetch(url, init);
  expect(response.status).toBe(200);
  return (await response.json()) as { [name: string]: unknown };
}

it("describes the server as the client knows it, and itself as its authorization server", async () => {
  const { gateway, url, authorizationServer } = await startProtected(oauth);
  authorizationServer.metadata = {
    dpop_signing_alg_values_supported: ["ES256"],
    pushed_authorization_request_endpoint: "https://past.example/",
    token_endpoint_auth_methods_supported: ["none", "private_key_jwt"],
  };
  await fetch(url, { method: "POST" });
  const resource = await describedAt(`${gateway.url}/.well-known/oauth-protected-resource/mcp`);
  const [issuer] = resource["authorization_servers"] as string[];
  expect(resource).toEqual({ resource: url, authorization_servers: [issuer], scopes_supported: ["read"] });
  const root = await describedAt(`${gateway.url}/.well-known/oauth-protected-resource`);
  expect(root).toEqual({ ...resource, resource: gateway.url });
  const { pathname } = new URL(issuer ?? "");
  const server = await describedAt(`${gateway.url}/.well-known/oauth-authorization-server${pathname}`);
  const at = (word: string): string => `${gateway.url}/_mcpguard/oauth/${word}/guarded`;
  expect(server).toEqual({
    issuer,
    authorization_endpoint: at("authorize"),
    token_endpoint: at("token"),
    registration_endpoint: at("register"),
    response_types_supported: ["code"],
    response_modes_supported: ["query"],
    grant_types_supported: ["authorization_code", "refresh_token", "client_credentials"],
    code_challenge_methods_supported: ["S256"],
    token_endpoint_auth_methods_supported: ["none"],
    authorization_response_iss_parameter_supported: true,
  });
  for (const place of [`/.well-known/openid-configuration${pathname}`, `${pathname}/.well-known/openid-configuration`])
    expect(await describedAt(gateway.url + place)).toEqual(server);
  // Clients of 2025-03-26 look at the root, whatever the server says.
  expect(await describedAt(`${gateway.url}/.well-known/oauth-authorization-server`)).toEqual(server);
  expect((await fetch(`${gateway.url}/.well-known/oauth-authorization-server/another`)).status).toBe(404);
});

it.each(sdks)("serves several servers, each with a login of its own, SDK %s", async (_, connect) => {
  const servers = [await startAuthorizationServer(), await startAuthorizationServer()];
  const [one, two] = await Promise.all(servers.map((server) => startResourceServer(server)));
  onTestFinished(async () => {
    for (const each of [one, two, ...servers]) await each?.close();
  });
  const gateway = await startGateway([
    upstreamAt(one?.origin ?? "", { name: "one", mount: "/s/one", oauth }),
    upstreamAt(two?.origin ?? "", { name: "two", mount: "/s/two", oauth }),
  ]);
  const people = [new Person(), new Person()];
  const clients = await Promise.all(
    ["one", "two"].map((name, at) => connect(`${gateway.url}/s/${name}/mcp`, people[at])),
  );
  expect(await Promise.all(clients.map((client) => client.call("whoami")))).toEqual(["you", "you"]);
  expect(people[0]?.answer.get("iss")).not.toBe(people[1]?.answer.get("iss"));
  // Whatever one of the two gave out is nothing to the other.
  const { client_id: id, refresh_token: refresh } = {
    ...(people[0]?.saved["client"] as object),
    ...(people[0]?.saved["tokens"] as object),
  } as Record<string, string>;
  const form = { grant_type: "refresh_token", client_id: id ?? "", refresh_token: refresh ?? "" };
  const crossed = await fetch(`${gateway.url}/_mcpguard/oauth/token/two`, {
    method: "POST",
    body: new URLSearchParams(form),
  });
  expect([crossed.status, await crossed.json()]).toMatchObject([401, { error: "invalid_client" }]);
  expect(servers[1]?.asked.filter(({ path }) => path === "/token")).toHaveLength(1);
});

it("lets people log in where callers need the proxy's key", async () => {
  const { url, server, authorizationServer, gateway } = await startProtected(oauth, { apiKey: "the-key" });
  const call = (token?: string): Promise<Response> =>
    fetch(url, {
      method: "POST",
      body: '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"whoami"}}',
      headers: {
        "content-type": "application/json",
        accept: "application/json, text/event-stream",
        "x-mcpguard-key": "the-key",
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
    });
  const challenge = (await call()).headers.get("www-authenticate") ?? "";
  const described = await describedAt(/resource_metadata="([^"]+)"/.exec(challenge)?.[1] ?? "");
  expect(described["resource"]).toBe(url);
  const [, connect] = sdks[1] ?? [];
  const person = new Person();
  // The SDK sends its headers to the server only, not to where it logs in.
  await connect?.(url, person, { "x-mcpguard-key": "the-key" });
  const { access_token: token } = person.saved["tokens"] as { access_token: string };
  expect((await call(token)).status).toBe(200);
  expect(JSON.stringify([server.credentials, authorizationServer.asked.map(String)])).not.toContain("the-key");
  expect((await fetch(url, { method: "POST", headers: { authorization: `Bearer ${token}` } })).status).toBe(401);
  expect((await fetch(`${gateway.url}/metrics`)).status).toBe(401);
});

it("goes by the name that a trusted proxy in front of it was asked for", async () => {
  const { gateway, url } = await startProtected(oauth, {
    trustedProxies: ["127.0.0.1"],
    allowedHosts: ["mcp.example"],
  });
  const headers = { "x-forwarded-proto": "https", "x-forwarded-host": "mcp.example" };
  const challenge = (await fetch(url, { method: "POST", headers })).headers.get("www-authenticate");
  expect(challenge).toContain('resource_metadata="https://mcp.example/.well-known/oauth-protected-resource/mcp"');
  const described = await describedAt(`${gateway.url}/.well-known/oauth-protected-resource/mcp`, { headers });
  expect(described["resource"]).toBe("https://mcp.example/mcp");
  expect(String(described["authorization_servers"])).toMatch(/^https:\/\/mcp\.example\//);
});

it("is known by https where it has a certificate", async () => {
  const { generate } = await import("selfsigned");
  const { cert, private: key } = await generate([{ name: "commonName", value: "localhost" }]);
  const { gateway: plain, server } = await startProtected(oauth);
  const tls = { certPath: join(plain.home, "cert.pem"), keyPath: join(plain.home, "key.pem") };
  writeFileSync(tls.certPath, cert);
  writeFileSync(tls.keyPath, key, { mode: 0o600 });
  const gateway = await startGateway([upstreamAt(server.origin, { oauth, name: "guarded" })], { tls });
  const { Agent, fetch: ask } = await import("undici");
  const dispatcher = new Agent({ connect: { rejectUnauthorized: false } });
  onTestFinished(() => dispatcher.destroy());
  const answer = await ask(`${gateway.url}/.well-known/oauth-protected-resource/mcp`, { dispatcher });
  expect(await answer.json()).toMatchObject({ resource: `${gateway.url}/mcp` });
  expect(gateway.url).toMatch(/^https:/);
});
