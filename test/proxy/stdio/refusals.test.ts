import { expect, it } from "vitest";
import { call, lastMessage, openSession, post, rpc } from "./http-client.ts";
import { startStdio } from "./start-stdio.ts";

const json = { "content-type": "application/json" };
const accept = { accept: "application/json, text/event-stream" };

it("what a server of the SDK refuses is refused with the same status", async () => {
  const { url } = await startStdio({ maxBodySize: 1000 });
  const session = await openSession(url);
  const ask = (method: string, headers: Record<string, string>, body?: string): Promise<Response> =>
    fetch(`${url}/mcp`, { method, headers, ...(body === undefined ? {} : { body }) });
  const ping = JSON.stringify(rpc(1, "ping"));
  const own = session.headers;
  const cases: [status: number, code: number, response: Promise<Response>][] = [
    [406, -32000, ask("POST", { ...json, ...own, accept: "application/json" }, ping)],
    [415, -32000, ask("POST", { ...accept, ...own, "content-type": "text/plain" }, ping)],
    [400, -32700, ask("POST", { ...json, ...accept, ...own }, "{")],
    [400, -32700, ask("POST", { ...json, ...accept, ...own }, "")],
    [400, -32600, ask("POST", { ...json, ...accept, ...own }, "42")],
    [400, -32600, ask("POST", { ...json, ...accept, ...own }, '{"jsonrpc":"2.0","id":{},"method":"ping"}')],
    [400, -32600, ask("POST", { ...json, ...accept, ...own }, `[${Array.from({ length: 101 }, () => "{}").join()}]`)],
    [
      413,
      -32600,
      ask("POST", { ...json, ...accept, ...own }, JSON.stringify(call(1, "echo", { text: "x".repeat(1000) }))),
    ],
    [400, -32000, ask("POST", { ...json, ...accept }, ping)],
    [404, -32001, ask("POST", { ...json, ...accept, "mcp-session-id": "no-such" }, ping)],
    [400, -32000, ask("POST", { ...json, ...accept, ...own, "mcp-protocol-version": "1999-01-01" }, ping)],
    [405, -32000, ask("GET", accept)],
    [405, -32000, ask("DELETE", {})],
    [404, -32001, ask("GET", { ...accept, "mcp-session-id": "no-such" })],
    [404, -32001, ask("DELETE", { "mcp-session-id": "no-such" })],
    [406, -32000, ask("GET", { ...own, accept: "application/json" })],
    [405, -32000, ask("PUT", { ...json, ...accept, ...own }, ping)],
  ];
  for (const [index, [status, code, asking]] of cases.entries()) {
    const response = await asking;
    const body = await lastMessage(response);
    expect([index, response.status, body.error?.code]).toEqual([index, status, code]);
  }
  expect((await session.post(rpc(1, "ping"))).status).toBe(200);
});

it("a session is initialized once, and a batch initializes none", async () => {
  const { url } = await startStdio();
  const session = await openSession(url);
  const initialize = rpc(5, "initialize", { protocolVersion: "2025-11-25", capabilities: {} });
  const again = await session.post(initialize);
  expect([again.status, await again.json()]).toMatchObject([400, { id: 5, error: { code: -32600 } }]);
  expect((await post(`${url}/mcp`, [initialize, rpc(6, "ping")])).status).toBe(400);
});

it("a client that lost its session may initialize though it still names it", async () => {
  const { url } = await startStdio();
  const initialize = rpc(0, "initialize", { protocolVersion: "2025-11-25", capabilities: {} });
  const response = await post(`${url}/mcp`, initialize, { "mcp-session-id": "lost" });
  expect(response.status).toBe(200);
  expect(response.headers.get("mcp-session-id")).not.toBe("lost");
});

it("S28 a body without a declared length is cut off at the limit", async () => {
  const { url } = await startStdio({ maxBodySize: 100_000 });
  const session = await openSession(url);
  let sent = 0;
  const body = new ReadableStream({
    pull(controller) {
      sent += 10_000;
      controller.enqueue(Buffer.alloc(10_000, " "));
    },
  });
  const init = { method: "POST", headers: { ...json, ...accept, ...session.headers }, body, duplex: "half" } as const;
  const response = await fetch(`${url}/mcp`, init);
  expect(response.status).toBe(413);
  expect(await response.json()).toMatchObject({ id: null, error: { code: -32600 } });
  expect(sent).toBeLessThan(10_000_000);
});

it("beyond the sessions that are granted there is 503 with Retry-After, until one ends", async () => {
  const { url, gateway } = await startStdio({ limits: { peers: 2 } });
  const [first] = [await openSession(url), await openSession(url)];
  const initialize = rpc(9, "initialize", { protocolVersion: "2025-11-25", capabilities: {} });
  const refused = await post(`${url}/mcp`, initialize);
  expect(refused.status).toBe(503);
  expect(refused.headers.get("retry-after")).toMatch(/^\d+$/);
  expect(await refused.json()).toMatchObject({ id: 9, error: {} });
  await fetch(`${url}/mcp`, { method: "DELETE", headers: first.headers });
  expect((await post(`${url}/mcp`, initialize)).status).toBe(200);
  await expect.poll(() => gateway.childCount()).toBe(2);
});

it("S29 a command that cannot be started is 502 with the request's id, and an event", async () => {
  const { url, gateway, close, events } = await startStdio({ command: ["/no/such/server"] });
  expect(gateway.isReady()).toBe(true);
  const response = await post(`${url}/mcp`, rpc("x", "initialize", { protocolVersion: "2025-11-25" }));
  expect([response.status, await response.json()]).toMatchObject([502, { id: "x", error: { code: -32603 } }]);
  expect((await fetch(`${url}/sse`, { headers: accept })).status).toBe(502);
  expect(gateway.isReady()).toBe(false);
  expect(gateway.childCount()).toBe(0);
  await close();
  expect(events().filter(({ event_type }) => event_type === "upstream_error")).toHaveLength(2);
});

it("idle sessions end, and with them their processes; connected ones stay", async () => {
  const { url, gateway } = await startStdio({ limits: { idle: 1500 } });
  const [idle, listening] = [await openSession(url), await openSession(url)];
  const stream = await listening.get();
  await expect.poll(() => gateway.childCount(), { timeout: 10_000 }).toBe(1);
  expect((await idle.post(rpc(1, "ping"))).status).toBe(404);
  expect((await listening.post(rpc(1, "ping"))).status).toBe(200);
  stream.close();
  await expect.poll(() => gateway.childCount(), { timeout: 10_000 }).toBe(0);
});

it("event streams are counted", async () => {
  const { url } = await startStdio({ maxSseConnections: 1 });
  const session = await openSession(url);
  const stream = await session.get();
  expect(stream.response.status).toBe(200);
  const other = await openSession(url);
  expect((await other.get()).response.status).toBe(503);
  expect((await fetch(`${url}/sse`, { headers: accept })).status).toBe(503);
  stream.close();
  await expect.poll(async () => (await other.get()).response.status).toBe(200);
});

it("54 pages may ask, and read the session's id", async () => {
  const { url } = await startStdio();
  const origin = "http://localhost:6274";
  const asked = await fetch(`${url}/mcp`, {
    method: "OPTIONS",
    headers: { origin, "access-control-request-method": "POST", "access-control-request-headers": "mcp-session-id" },
  });
  expect([asked.status, asked.headers.get("access-control-allow-origin")]).toEqual([204, origin]);
  const initialize = rpc(0, "initialize", { protocolVersion: "2025-11-25", capabilities: {} });
  const response = await post(`${url}/mcp`, initialize, { origin });
  expect(response.headers.get("access-control-allow-origin")).toBe(origin);
  expect(response.headers.get("access-control-expose-headers")).toContain("Mcp-Session-Id");
});

it("a client that goes away while it is welcomed leaves no session behind", async () => {
  const { url, gateway } = await startStdio();
  const stop = new AbortController();
  const initialize = rpc(0, "initialize", { protocolVersion: "2025-11-25", capabilities: {} });
  const opening = post(`${url}/mcp`, initialize, {}, stop.signal);
  await expect.poll(() => gateway.childCount()).toBe(1);
  stop.abort();
  await expect(opening).rejects.toThrow("aborted");
  await expect.poll(() => gateway.childCount()).toBe(0);
});
