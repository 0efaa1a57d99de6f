import { expect, it } from "vitest";
import { startGateway } from "./gateway.ts";
import { always, answer } from "./messages.ts";
import { startUpstream } from "./raw-upstream.ts";

it.each([
  ["text/html", true],
  ["image/svg+xml", true],
  [undefined, true],
  ["application/json", false],
  ["application/a2a+json; charset=utf-8", false],
])("what a server sends as %s is a page of no origin: %s", async (type, isPage) => {
  const lines = ["Content-Security-Policy: default-src *", ...(type === undefined ? [] : [`Content-Type: ${type}`])];
  const upstream = await startUpstream(always(answer("200 OK", "<script>1</script>", lines)));
  const { url } = await startGateway(upstream.url);
  const { headers } = await fetch(`${url}/page`);
  expect(headers.get("content-security-policy")?.includes("sandbox allow-scripts")).toBe(isPage);
  expect(headers.get("content-security-policy")).toMatch(/^default-src \*/);
  expect(headers.get("content-security-policy")).not.toContain("allow-same-origin");
  expect(headers.get("x-content-type-options")).toBe(isPage ? "nosniff" : null);
});

it("an answer without a body gets no header of ours", async () => {
  const upstream = await startUpstream(always(answer("202 Accepted")));
  const { url } = await startGateway(upstream.url);
  const { headers } = await fetch(`${url}/mcp`, { method: "POST", body: '{"jsonrpc":"2.0","method":"x"}' });
  expect(headers.get("content-security-policy")).toBeNull();
});

it("a server cannot install a worker that sees what the dashboard is asked", async () => {
  const upstream = await startUpstream(always(answer("200 OK", "1", ["Content-Type: text/javascript"])));
  const { url } = await startGateway(upstream.url);
  const response = await fetch(`${url}/worker.js`, { headers: { "service-worker": "script" } });
  expect(response.status).toBe(403);
  expect(upstream.calls).toEqual([]);
});
