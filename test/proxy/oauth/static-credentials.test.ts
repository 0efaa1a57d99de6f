import { expect, it } from "vitest";
import { startGateway, upstreamAt } from "../exchange/gateway.ts";
import { ask } from "../exchange/raw-client.ts";
import { startUpstream } from "../exchange/raw-upstream.ts";
import { headerOf } from "../exchange/read-http.ts";

const secrets = [
  ["Authorization", "Bearer sk-static-1"],
  ["X-API-Key", "key-2"],
  ["Cookie", "sid=cookie-3; other=4"],
] as const;
const body = '{"jsonrpc":"2.0","id":1,"method":"tools/list"}';

function request(path = "/mcp?api_key=query-5", more: readonly (readonly [string, string])[] = []): string {
  const headers = [...secrets, ...more].map(([name, value]) => `${name}: ${value}\r\n`).join("");
  return (
    `POST ${path} HTTP/1.1\r\nHost: localhost\r\n${headers}Content-Type: application/json\r\n` +
    `Accept: application/json, text/event-stream\r\nContent-Length: ${body.length}\r\n\r\n${body}`
  );
}

it("takes a caller's credentials to the upstream, untouched, and the proxy's own key nowhere", async () => {
  const upstream = await startUpstream(({ socket }) =>
    socket.write("HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n"),
  );
  const gateway = await startGateway(upstream.url, { apiKey: "the-proxy-key" });
  await ask(gateway.url, request("/mcp?api_key=query-5", [["X-Mcpguard-Key", "the-proxy-key"]]));
  const [arrived] = upstream.calls;
  if (arrived === undefined) throw new Error("nothing arrived");
  expect(secrets.map(([name]) => headerOf(arrived, name.toLowerCase()))).toEqual(secrets.map(([, value]) => value));
  expect(arrived.start[1]).toBe("/mcp?api_key=query-5");
  expect(upstream.bytes().toString()).not.toContain("the-proxy-key");
});

it.each([301, 302, 303, 307, 308])("takes them nowhere else after a redirect with %i", async (status) => {
  const elsewhere = await startUpstream(({ socket }) => socket.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
  const upstream = await startUpstream(({ socket }) =>
    socket.write(`HTTP/1.1 ${status} Moved\r\nLocation: ${elsewhere.url}/mcp\r\nContent-Length: 0\r\n\r\n`),
  );
  const gateway = await startGateway(upstream.url);
  const answer = await ask(gateway.url, request());
  expect(answer.start[1]).toBe("502");
  expect(answer.body.toString()).not.toContain(elsewhere.url);
  expect(elsewhere.connections).toBe(0);
});

it.each([401, 403])("passes a %i with every challenge as it was written", async (status) => {
  const challenges = [
    'Bearer realm="a \\"quoted\\" realm, with commas", error="invalid_token", error_description="expired; ask again"',
    'DPoP algs="ES256 PS256", scope="read write", resource_metadata="https://api.example/.well-known/oauth-protected-resource"',
    "Negotiate",
  ];
  const lines = challenges.map((each) => `WWW-Authenticate: ${each}\r\n`).join("");
  const reply = `HTTP/1.1 ${status} No\r\n${lines}Content-Type: application/json\r\nContent-Length: 15\r\n\r\n{"error":"no!"}`;
  const upstream = await startUpstream(({ socket }) => socket.write(reply));
  const gateway = await startGateway(upstream.url);
  const answer = await ask(gateway.url, request());
  expect(answer.start[1]).toBe(String(status));
  expect(answer.headers.filter(([name]) => /^www-authenticate$/i.test(name)).map(([, value]) => value)).toEqual(
    challenges,
  );
  expect(answer.body.toString()).toBe('{"error":"no!"}');
});

it("changes only the address of the description, and only behind the facade", async () => {
  const challenges = [
    'Bearer realm="resource_metadata=\\"x\\"", Resource_Metadata = "https://api.example/prm", scope="read"',
    'DPoP resource_metadata=https://api.example/prm, error="insufficient_scope"',
  ];
  const lines = challenges.map((each) => `WWW-Authenticate: ${each}\r\n`).join("");
  const upstream = await startUpstream(({ socket }) =>
    socket.write(`HTTP/1.1 403 No\r\n${lines}Content-Length: 0\r\n\r\n`),
  );
  const facade = upstreamAt(upstream.url, { name: "a", mount: "/s/a", oauth: { mode: "facade" } });
  const gateway = await startGateway([facade]);
  const answer = await ask(gateway.url, request("/s/a/mcp?api_key=query-5"));
  const own = "http://localhost/.well-known/oauth-protected-resource/s/a/mcp";
  expect(answer.headers.filter(([name]) => /^www-authenticate$/i.test(name)).map(([, value]) => value)).toEqual([
    `Bearer realm="resource_metadata=\\"x\\"", Resource_Metadata = "${own}", scope="read"`,
    `DPoP resource_metadata="${own}", error="insufficient_scope"`,
  ]);
});
