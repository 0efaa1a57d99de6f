import type { IncomingMessage } from "node:http";
import { describe, expect, it } from "vitest";
import { createOriginCheck, type OriginOptions } from "../../../src/proxy/access/origin-check.ts";

type Sent = { host?: string | string[]; origin?: string; url?: string };

function asked({
  host = "localhost:8080",
  origin,
  url = "/mcp",
}: Sent): Pick<IncomingMessage, "headers" | "rawHeaders" | "url"> {
  const hosts = [host].flat();
  return {
    url,
    headers: origin === undefined ? {} : { origin },
    rawHeaders: hosts.flatMap((each, index) => [index === 0 ? "Host" : "hOST", each]),
  };
}

const options = (changes: Partial<OriginOptions> = {}): OriginOptions => ({
  host: "127.0.0.1",
  allowedHosts: [],
  allowedOrigins: [],
  ...changes,
});
const statusOf = (sent: Sent, changes?: Partial<OriginOptions>, forwarded?: string) =>
  createOriginCheck(options(changes))(asked(sent), forwarded)?.status ?? "passes";

describe("on loopback", () => {
  it.each(["localhost", "localhost:1", "LOCALHOST:8080", "localhost.", "127.0.0.1:8080", "127.0.0.2", "[::1]:8080"])(
    "answers to %s",
    (host) => {
      expect(statusOf({ host })).toBe("passes");
    },
  );

  it.each([
    "evil.example",
    "evil.example:8080",
    "localhost.evil.example",
    "localhost@evil.example",
    "127.0.0.1.nip.io",
    "0.0.0.0:8080",
    "192.168.1.5",
    "[::ffff:8.8.8.8]",
    "",
  ])("refuses Host %j", (host) => {
    expect(statusOf({ host })).toBe(403);
  });

  it("refuses two hosts and none", () => {
    expect(statusOf({ host: ["localhost", "evil.example"] })).toBe(400);
    expect(statusOf({ host: ["localhost", "localhost"] })).toBe(400);
    expect(statusOf({ host: [] })).toBe(403);
  });

  it.each(["http://evil.example/mcp", "mcp", "evil.example:443", ""])("refuses %j instead of a path", (url) => {
    expect(statusOf({ url })).toBe(400);
  });

  it("takes OPTIONS * for a path", () => {
    expect(statusOf({ url: "*" })).toBe("passes");
  });

  it.each([
    ["none", undefined],
    ["the proxy's own", "http://localhost:8080"],
    ["another port of this machine", "http://localhost:6274"],
    ["an address of this machine", "http://[::1]:3000"],
    ["this machine by HTTPS, with a dot", "https://LOCALHOST.:3000"],
  ])("lets a page of this machine call: origin %s", (_, origin) => {
    expect(statusOf(origin === undefined ? {} : { origin })).toBe("passes");
  });

  it.each([
    "https://evil.example",
    "http://evil.example:8080",
    "null",
    "",
    "http://localhost.evil.example",
    "http://localhost@evil.example",
    "http://evil.example#localhost",
    "http://evil.example\\@localhost",
    "chrome-extension://abcdef",
    "file://",
    "http://localhost, http://evil.example",
    "localhost",
    "ftp://localhost",
  ])("refuses origin %j", (origin) => {
    expect(statusOf({ origin })).toBe(403);
  });
});

describe("where names are allowed", () => {
  it.each([
    ["guard.example", ["guard.example"], "passes"],
    ["GUARD.example.:443", ["guard.example"], "passes"],
    ["guard.example:443", ["Guard.Example:443"], "passes"],
    ["guard.example:444", ["guard.example:443"], 403],
    ["guard.example", ["guard.example:443"], 403],
    ["a.guard.example", ["*.guard.example"], "passes"],
    ["guard.example.evil", ["*.guard.example"], 403],
    ["[FD00::5]:80", ["fd00:0::5"], "passes"],
    ["anything.example", ["*"], "passes"],
    ["not a host", ["*"], 403],
  ])("Host %s against %j: %s", (host, allowedHosts, outcome) => {
    expect(statusOf({ host }, { allowedHosts })).toBe(outcome);
    expect(statusOf({ host }, { allowedHosts, host: "0.0.0.0" })).toBe(outcome);
  });

  it.each([
    ["https://app.example", ["https://app.example"], "passes"],
    ["https://APP.example", ["https://app.example/"], "passes"],
    ["http://app.example", ["https://app.example"], 403],
    ["https://app.example:8443", ["https://app.example"], 403],
    ["https://a.app.example", ["https://*.app.example"], "passes"],
    ["null", ["null"], "passes"],
    ["vscode-webview://abc", ["vscode-webview://*"], "passes"],
    ["https://any.example", ["*"], "passes"],
  ])("origin %s against %j: %s", (origin, allowedOrigins, outcome) => {
    expect(statusOf({ origin }, { allowedOrigins })).toBe(outcome);
  });
});

describe("on other addresses", () => {
  const open = { host: "0.0.0.0" };

  it("cannot know its names, unless it is told", () => {
    expect(statusOf({ host: "any.example" }, open)).toBe("passes");
    expect(statusOf({ host: [] }, open)).toBe("passes");
    expect(statusOf({ host: "a@b" }, open)).toBe(400);
    expect(statusOf({ host: ["a", "b"] }, open)).toBe(400);
  });

  it("lets its own pages call, by whatever port stands for", () => {
    expect(statusOf({ host: "any.example", origin: "https://any.example" }, open)).toBe("passes");
    expect(statusOf({ host: "any.example:443", origin: "https://any.example" }, open)).toBe("passes");
    expect(statusOf({ host: "any.example:8080", origin: "http://any.example:8080" }, open)).toBe("passes");
    expect(statusOf({ host: "any.example:8080", origin: "http://any.example" }, open)).toBe(403);
    expect(statusOf({ host: "any.example", origin: "https://other.example" }, open)).toBe(403);
    expect(statusOf({ host: [], origin: "https://other.example" }, open)).toBe(403);
  });
});

it("goes by the host that a trusted proxy was asked for", () => {
  const allowed = { allowedHosts: ["guard.example"] };
  expect(statusOf({ host: "10.0.0.7:8080", origin: "https://guard.example" }, allowed, "guard.example")).toBe("passes");
  expect(statusOf({ host: "guard.example" }, allowed, "evil.example")).toBe(403);
  expect(statusOf({ host: [] }, allowed, "guard.example")).toBe("passes");
});

it("tells a person what to do, and quotes nothing at length", () => {
  const answer = createOriginCheck(options())(asked({ host: `${"a".repeat(5000)}.example` }));
  const body: { error: string; detail: string } = JSON.parse(answer?.body ?? "{}");
  expect(body.error).toBe("forbidden");
  expect(body.detail).toContain("--allowed-host");
  expect(body.detail.length).toBeLessThan(250);
});
