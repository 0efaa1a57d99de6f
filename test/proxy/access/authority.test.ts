import { expect, it } from "vitest";
import { isLoopback, parseAuthority } from "../../../src/proxy/access/authority.ts";

it.each([
  ["example.com", { host: "example.com", port: undefined }],
  ["EXAMPLE.com:8080", { host: "example.com", port: "8080" }],
  ["localhost.", { host: "localhost", port: undefined }],
  ["127.0.0.1:1", { host: "127.0.0.1", port: "1" }],
  ["[::1]:8080", { host: "[::1]", port: "8080" }],
  ["[0:0:0:0:0:0:0:1]", { host: "[::1]", port: undefined }],
  ["under_score.example", { host: "under_score.example", port: undefined }],
])("reads %s", (text, authority) => {
  expect(parseAuthority(text)).toEqual(authority);
});

it.each([
  "",
  ".",
  "localhost@evil.com",
  "evil.com#localhost",
  "evil.com/localhost",
  "evil.com?localhost",
  "evil.com\\localhost",
  "localhost, evil.com",
  "localhost evil.com",
  "localhost:80:80",
  "localhost:port",
  "localhost:123456",
  "::1",
  "[::1",
  "[fe80::1%25eth0]",
  "[]",
  "http://localhost",
  "%6cocalhost",
  "локалхост",
])("takes %j for no host", (text) => {
  expect(parseAuthority(text)).toBeUndefined();
});

it.each(["localhost", "LOCALHOST", "127.0.0.1", "127.9.9.9", "::1", "[::1]", "::ffff:127.0.0.1"])(
  "knows %s",
  (host) => {
    expect(isLoopback(host)).toBe(true);
  },
);

it.each(["0.0.0.0", "::", "128.0.0.1", "localhost.evil.com", "evil-localhost", "10.0.0.1", "::2", ""])(
  "does not take %j for loopback",
  (host) => {
    expect(isLoopback(host)).toBe(false);
  },
);
