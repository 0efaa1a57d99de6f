import { expect, test } from "vitest";
import { bothWays } from "./both-ways.ts";
import { startGateway } from "./gateway.ts";
import { always, answer, json, post, request, result, rpc } from "./messages.ts";
import { ask } from "./raw-client.ts";
import { headerOf } from "./read-http.ts";
import { startUpstream } from "./raw-upstream.ts";

const ping = rpc(1, "ping");

test("37 52 what a client says arrives in its own words, to the byte and in order", async () => {
  const lines = [
    "MCP-Protocol-Version: 2025-11-25",
    "mcp-session-ID: abc",
    "AUTHORIZATION: Bearer t.o-k~e+n/==",
    "Cookie: a=1; b=2",
    "Mcp-Name: =?base64?w6k=?=",
    "Mcp-Param-Region: eu",
    "X-Unknown: \xe9\xc3\xa9",
    "X-Twice: 1",
    "x-twice: 2",
    "Last-Event-ID: 7",
    "traceparent: 00-1-2-01",
    "User-Agent: me",
    "X-Empty:",
  ];
  const { arrived, sent } = await bothWays(always(json(result(1, {}))), post("/mcp", ping, lines));
  const own = new Set(["host", "connection", "content-length"]);
  const theirs = ({ headers }: typeof sent) => headers.filter(([name]) => !own.has(name.toLowerCase()));
  expect(theirs(arrived)).toEqual(theirs(sent));
});

test("51 what concerns one connection stays behind, on the way there and back", async () => {
  const hops = [
    "Connection: keep-alive, X-Private, x-other",
    "X-Private: 1",
    "X-Other: 1",
    "Keep-Alive: timeout=9",
    "TE: trailers",
    "Trailer: X-T",
    "Upgrade: websocket",
    "Proxy-Authorization: Basic YQ==",
    "Proxy-Connection: keep-alive",
    "X-Kept: yes",
  ];
  const back = [...hops, "Proxy-Authenticate: Basic"];
  const { proxied, arrived } = await bothWays(always(answer("200 OK", "", back)), post("/mcp", ping, hops));
  for (const message of [proxied, arrived]) {
    const names = message.headers
      .map(([name]) => name.toLowerCase())
      .filter((name) => /^x-|^proxy|^te$|^trailer|^upgrade/.test(name));
    expect(names).toEqual(["x-kept"]);
    expect(headerOf(message, "connection")).toBe("keep-alive");
    expect(headerOf(message, "keep-alive")).not.toBe("timeout=9");
  }
});

test("51 55 the upstream is asked under its own name; a page's origin is its own where it was the proxy's", async () => {
  const upstream = await startUpstream(always(json(result(1, {}))));
  const gateway = await startGateway(upstream.url, { allowedOrigins: ["http://page.example"] });
  const { host } = new URL(gateway.url);
  const ofGateway = post("/mcp", ping, [`Origin: ${gateway.url}`])
    .toString("latin1")
    .replace("localhost", host);
  await ask(gateway.url, ofGateway);
  await ask(gateway.url, post("/mcp", ping, ["Origin: http://page.example"]));
  const [own, other] = upstream.calls;
  expect(own && headerOf(own, "host")).toBe(new URL(upstream.url).host);
  expect(own && headerOf(own, "origin")).toBe(upstream.url);
  expect(other && headerOf(other, "origin")).toBe("http://page.example");
});

test("48 the upstream is offered no coding that cannot be looked into", async () => {
  const upstream = await startUpstream(always(json(result(1, {}))));
  const gateway = await startGateway(upstream.url);
  const offers: [string | undefined, string | undefined][] = [
    ["gzip, deflate, br, compress, sdch, *", "gzip, deflate, br"],
    ["identity", "identity"],
    ["gzip;q=0, br", "br"],
    ["compress", "identity"],
    [undefined, undefined],
  ];
  for (const [given] of offers)
    await ask(gateway.url, post("/mcp", ping, given === undefined ? [] : [`Accept-Encoding: ${given}`]));
  expect(upstream.calls.map((call) => headerOf(call, "accept-encoding"))).toEqual(offers.map(([, offered]) => offered));
});

test.each(["text/html", "image/svg+xml", "application/octet-stream", undefined])(
  "51 what a browser might show is sandboxed, besides what its server says: %s",
  async (type) => {
    const lines = [
      "Content-Security-Policy: default-src 'self'",
      ...(type === undefined ? [] : [`Content-Type: ${type}`]),
    ];
    const { proxied } = await bothWays(always(answer("200 OK", "<p>", lines)), request("GET /page HTTP/1.1"));
    const policies = headerOf(proxied, "content-security-policy");
    expect(policies).toMatch(/^default-src 'self', sandbox /);
    expect(policies).not.toContain("allow-same-origin");
    expect(headerOf(proxied, "x-content-type-options")).toBe("nosniff");
  },
);
