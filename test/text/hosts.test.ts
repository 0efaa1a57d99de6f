import { describe, expect, it } from "vitest";
import { hostKind, hostOf } from "../../src/text/hosts.ts";
import { plainPath } from "../../src/text/plain-path.ts";

describe("where an address leads", () => {
  it.each([
    ["http://169.254.169.254/", "metadata"],
    ["http://2852039166", "metadata"],
    ["http://0xa9fea9fe/x", "metadata"],
    ["http://0xa9.254.0251.0xfe", "metadata"],
    ["http://0251.0376.0251.0376", "metadata"],
    ["http://169.254.43518", "metadata"],
    ["http://[::ffff:169.254.169.254]/", "metadata"],
    ["http://[fd00:ec2::254]/", "metadata"],
    ["HTTP://METADATA.google.internal./", "metadata"],
    ["http://a@169.254.169.254:80/", "metadata"],
    ["http://169.254.169.254.nip.io/", "metadata"],
    ["http://①⑥⑨.254.169.254/", "metadata"],
    ["gopher://127.1:70/", "loopback"],
    ["http://localhost", "loopback"],
    ["http://[::1]:8080/", "loopback"],
    ["http://0/", "loopback"],
    ["http://app.localhost/", "loopback"],
    ["http://10.1.2.3", "private"],
    ["http://172.31.0.1", "private"],
    ["http://192.168.0.1", "private"],
    ["http://[fe80::1]/", "private"],
    ["http://172.32.0.1", undefined],
    ["https://example.org", undefined],
    ["http://169.254.169.254.example.org/", undefined],
  ])("%s", (url, kind) => {
    expect(hostKind(hostOf(url) ?? "")).toBe(kind);
  });

  it("is unknown where there is no host", () => {
    for (const text of ["", "http://", "no address", "http://[", "http://a b"])
      expect(hostKind(hostOf(text) ?? "")).toBeUndefined();
  });
});

describe("a plain path", () => {
  it.each([
    ["file:///a/../etc/passwd", "/etc/passwd", true],
    ["file:///a/%2e%2e/b", "/b", true],
    ["/a/%252e%252e/b", "/b", true],
    ["C:\\a\\..\\b", "/C:/b", true],
    ["file:///a//./b/", "/a/b", false],
    ["/a/..%c0%afb", "/b", true],
    ["vault://x/secrets?v=1#y", "/x/secrets", false],
  ])("of %s", (given, path, climbs) => {
    expect(plainPath(given)).toEqual({ path, climbs });
  });
});
