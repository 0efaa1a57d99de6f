import { expect, test } from "vitest";
import { isSameOrigin } from "../../../../src/proxy/dashboard/access/is-same-origin.ts";

const host = "127.0.0.1:8080";
const own = "http://127.0.0.1:8080";

test.each([
  ["a browser on this page", { origin: own, "sec-fetch-site": "same-origin" }, true],
  ["a page that sends no referrer", { origin: "null", "sec-fetch-site": "same-origin" }, true],
  ["an older browser", { origin: own }, true],
  ["an older browser that tells no origin", { origin: "null" }, false],
  ["a program that tells nothing", {}, false],
  ["another site", { origin: "https://evil.example", "sec-fetch-site": "cross-site" }, false],
  ["another site in an older browser", { origin: "https://evil.example" }, false],
  ["another port of this machine", { origin: "http://127.0.0.1:9999", "sec-fetch-site": "same-site" }, false],
  ["another name of this machine", { origin: "http://localhost:8080", "sec-fetch-site": "cross-site" }, false],
  ["a sandboxed frame", { origin: "null", "sec-fetch-site": "cross-site" }, false],
  ["an address typed in", { "sec-fetch-site": "none" }, false],
  ["contradicting headers", { origin: "https://evil.example", "sec-fetch-site": "same-origin" }, false],
  ["no URL", { origin: "evil", "sec-fetch-site": "same-origin" }, false],
])("%s", (_, headers, expected) => expect(isSameOrigin({ host, ...headers }, false)).toBe(expected));

test("with TLS of its own only https counts; in plain it may be ended by a proxy in front", () => {
  const plain = { host, origin: own };
  const secure = { host, origin: "https://127.0.0.1:8080" };
  expect(isSameOrigin(plain, true)).toBe(false);
  expect(isSameOrigin(secure, true)).toBe(true);
  expect(isSameOrigin(secure, false)).toBe(true);
});
