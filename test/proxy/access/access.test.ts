import { describe, expect, it } from "vitest";
import { callTool } from "../../commands/proxy/plain-server.ts";
import { guarded, sendRaw } from "./guarded.ts";

const key = "a-key-of-the-proxy";
const basic = `Basic ${Buffer.from(`me:${key}`).toString("base64")}`;

describe("with an API key", () => {
  it.each([
    "/mcp",
    "/",
    "/metrics",
    "/health/ready",
    "/healthXYZ",
    "/health/",
    "/HEALTH",
    "/_mcpguard/",
    "/s/x",
    "//health",
  ])("nobody without it reaches %s", async (path) => {
    const { url, seen } = await guarded({ "api-key": key });
    for (const headers of [{}, { authorization: "Bearer wrong" }, { cookie: `key=${key}` }]) {
      const response = await fetch(`${url}${path}`, { headers });
      expect(response.status).toBe(401);
      expect(response.headers.get("www-authenticate")).toMatch(/Bearer realm=.*Basic realm=/);
      expect(await response.json()).toMatchObject({
        error: "unauthorized",
        detail: expect.stringContaining("X-Mcpguard-Key"),
      });
    }
    expect((await fetch(`${url}${path}?api_key=${key}&token=${key}&key=${key}`)).status).toBe(401);
    expect(seen).toEqual([]);
  });

  it("everybody may ask whether it runs", async () => {
    const { url } = await guarded({ "api-key": key });
    const response = await fetch(`${url}/health?x=1`);
    expect(response.status).toBe(200);
    const text = await response.text();
    expect(JSON.parse(text)).toMatchObject({ status: "ok", metrics: { requests: 0 }, plugins: expect.any(Array) });
    expect(text).not.toContain(key);
  });

  it.each([
    ["Bearer", { authorization: `Bearer ${key}` }],
    ["Basic", { authorization: basic }],
    ["its own header", { "X-McpGuard-Key": key }],
  ])("whoever sends it as %s passes, and the upstream never sees it", async (_, headers) => {
    const { url, seen, logged, close } = await guarded({ "api-key": key });
    expect((await callTool(url, "search", headers)).text).toContain("did search");
    expect((await fetch(`${url}/metrics`, { headers })).status).toBe(200);
    expect((await fetch(`${url}/_mcpguard/`, { headers })).status).toBe(200);
    expect(JSON.stringify(seen)).not.toContain(key);
    expect(JSON.stringify(seen)).not.toContain(basic);
    expect(Object.keys(seen[0]?.headers ?? {})).not.toContain("x-mcpguard-key");
    await close();
    expect(logged()).toContain("search");
    expect(logged()).not.toContain(key);
  });

  it("a token for the upstream passes beside the key's own header", async () => {
    const { url, seen } = await guarded({ "api-key": key });
    await callTool(url, "search", { "x-mcpguard-key": key, authorization: "Bearer for-upstream" });
    expect(seen[0]?.headers["authorization"]).toBe("Bearer for-upstream");
  });

  it("two Authorization headers are no way around", async () => {
    const { port, seen } = await guarded({ "api-key": key });
    const head = ["GET /mcp HTTP/1.1", "Host: localhost", "Connection: close"];
    const wrongFirst = await sendRaw(port, ...head, "Authorization: Bearer x", `Authorization: Bearer ${key}`);
    expect(wrongFirst).toMatch(/^HTTP\/1\.1 401 /);
    await sendRaw(port, ...head, `Authorization: Bearer ${key}`, `Authorization: Bearer ${key}`);
    expect(JSON.stringify(seen)).not.toContain(key);
  });

  it("a page that may call gets its preflight answered, and can read a refusal", async () => {
    const { url, seen } = await guarded({ "api-key": key, "allowed-origin": "https://app.example" });
    const headers = { origin: "https://app.example", "access-control-request-method": "POST" };
    const preflight = await fetch(`${url}/mcp`, { method: "OPTIONS", headers });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get("access-control-allow-origin")).toBe("https://app.example");
    const refused = await callTool(url, "search", { origin: "https://app.example" });
    expect(refused.status).toBe(401);
    expect(refused.headers.get("access-control-allow-origin")).toBe("https://app.example");
    const foreign = await fetch(`${url}/mcp`, {
      method: "OPTIONS",
      headers: { ...headers, origin: "https://evil.example" },
    });
    expect(foreign.status).toBe(403);
    expect(seen).toEqual([]);
  });
});

describe("without one", () => {
  it("Authorization is the upstream's, and a preflight is its to answer", async () => {
    const { url, seen } = await guarded();
    await callTool(url, "search", { authorization: "Bearer for-upstream", "x-mcpguard-key": "stale" });
    expect(seen[0]?.headers["authorization"]).toBe("Bearer for-upstream");
    expect(seen[0]?.headers).not.toHaveProperty("x-mcpguard-key");
    const headers = { origin: "http://localhost:6274", "access-control-request-method": "POST" };
    await fetch(`${url}/mcp`, { method: "OPTIONS", headers });
    expect(seen).toHaveLength(2);
  });
});

describe("a page of somebody else", () => {
  const rebound = [
    ["Host: evil.example"],
    ["Host: localhost@evil.example"],
    ["Host: localhost", "Origin: https://evil.example"],
    ["Host: localhost", "Origin: null"],
  ];

  it.each(rebound)("is refused before the upstream is asked: %s %s", async (...lines) => {
    const { port, seen } = await guarded();
    for (const path of ["/mcp", "/health", "/metrics", "/_mcpguard/"]) {
      const sent = lines.filter((line) => line !== undefined);
      expect(await sendRaw(port, `GET ${path} HTTP/1.1`, ...sent, "Connection: close")).toMatch(/^HTTP\/1\.1 403 /);
    }
    expect(seen).toEqual([]);
  });

  it.each([
    ["two hosts", ["GET /mcp HTTP/1.1", "Host: localhost", "Host: evil.example", "Connection: close"], 400],
    ["an absolute URL", ["GET http://evil.example/mcp HTTP/1.1", "Host: localhost", "Connection: close"], 400],
    ["no host", ["GET /mcp HTTP/1.1", "Connection: close"], 400],
    ["no host, by HTTP/1.0", ["GET /mcp HTTP/1.0"], 403],
  ])("gains nothing by %s", async (_, lines, status) => {
    const { port, seen } = await guarded();
    expect(await sendRaw(port, ...lines)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(seen).toEqual([]);
  });

  it.each(["localhost", "LOCALHOST.:1", "127.0.0.1", "[::1]:8080"])(
    "is none on this machine: Host %s",
    async (host) => {
      const { port, seen } = await guarded();
      const answer = await sendRaw(port, "GET /mcp HTTP/1.1", `Host: ${host}`, "Connection: close");
      expect(answer).toMatch(/^HTTP\/1\.1 200 /);
      expect(seen).toHaveLength(1);
    },
  );
});
