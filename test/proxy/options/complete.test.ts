import { describe, expect, it } from "vitest";
import { defaultPolicy } from "../../../src/core/policy.ts";
import type { ProxyKeys } from "../../../src/policy/schema-proxy.ts";
import { completeOptions } from "../../../src/proxy/options/complete.ts";

const of = (...layers: ProxyKeys[]) =>
  completeOptions({
    home: "/home",
    layers,
    policies: { policyFor: () => defaultPolicy, follow: () => () => {} },
    apiKey: undefined,
    logFolder: "/log",
    pathOf: (written) => `/abs/${written}`,
  });

it("has the seed's defaults", () => {
  expect(of({})).toMatchObject({
    home: "/home",
    host: "127.0.0.1",
    port: 8080,
    ssePath: "/sse",
    messagesPath: "/messages/",
    logFolder: "/log",
    apiKey: undefined,
    tls: undefined,
    cacheTtl: 0,
    maxBodySize: 10_485_760,
    maxSseConnections: 100,
    requestTimeout: 30,
    stdioTimeout: 0,
    trustedProxies: [],
    allowedHosts: [],
    allowedOrigins: [],
    rateLimitStatus: 200,
  });
});

it("takes every key, the closest word first", () => {
  const file: ProxyKeys = {
    host: "0.0.0.0",
    port: 1,
    sse_path: "/events",
    messages_path: "/post",
    tls_cert_path: "c.pem",
    tls_key_path: "k.pem",
    cache_ttl: 60,
    max_body_size: 5,
    max_sse_connections: 6,
    request_timeout: 0,
    trusted_proxies: ["10.0.0.1"],
    allowed_hosts: ["a"],
    allowed_origins: ["https://a"],
    rate_limit_status: 429,
  };
  expect(of({ port: 0, allowed_hosts: ["b"] }, { host: "[::1]", port: 3 }, file)).toMatchObject({
    host: "::1",
    port: 0,
    ssePath: "/events",
    messagesPath: "/post",
    tls: { certPath: "/abs/c.pem", keyPath: "/abs/k.pem" },
    cacheTtl: 60,
    maxBodySize: 5,
    maxSseConnections: 6,
    requestTimeout: 0,
    stdioTimeout: 0,
    trustedProxies: ["10.0.0.1"],
    allowedHosts: ["b"],
    allowedOrigins: ["https://a"],
    rateLimitStatus: 429,
  });
});

it("takes the two files of TLS from wherever each is named, but not one alone", () => {
  expect(of({ tls_cert_path: "c" }, { tls_key_path: "k" }).tls).toEqual({ certPath: "/abs/c", keyPath: "/abs/k" });
  expect(() => of({ tls_cert_path: "c" })).toThrow(/certificate but no key/);
  expect(() => of({ tls_key_path: "k" })).toThrow(/key but no certificate/);
});

describe("paths", () => {
  it.each(["/health", "/health/ready", "/metrics", "/mcp", "/_mcpguard/", "/_mcpguard/x", "/s/", "/s/a", "/"])(
    "cannot be %s, which has another use",
    (path) => {
      expect(() => of({ sse_path: path })).toThrow(`The path ${path} has another use`);
      expect(() => of({ messages_path: path })).toThrow(`The path ${path} has another use`);
    },
  );

  it("cannot be one for two things", () => {
    expect(() => of({ sse_path: "/a", messages_path: "/a/" })).toThrow(/one path/);
  });

  it.each(["/healthy", "/sse/mcp", "/stream", "/sample"])("may be %s", (path) => {
    expect(of({ sse_path: path }).ssePath).toBe(path);
  });
});
