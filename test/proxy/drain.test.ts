import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import { startGateway } from "./exchange/gateway.ts";
import { chunk, json, post, request, result, rpc, streamHead } from "./exchange/messages.ts";
import { ask, openClient, readAnswer } from "./exchange/raw-client.ts";
import { startUpstream } from "./exchange/raw-upstream.ts";

const call = post("/mcp", rpc(1, "tools/call", { name: "a" }));

test("22 a call on its way ends before the proxy does; nobody new is let in", async () => {
  const upstream = await startUpstream(({ socket }) => {
    setTimeout(() => socket.write(json(result(1, {}))), 300);
  });
  const gateway = await startGateway(upstream.url);
  const client = openClient(gateway.url);
  client.send(call);
  while (upstream.calls.length === 0) await wait(5);
  const closed = gateway.close();
  await wait(50);
  await expect(ask(gateway.url, call)).rejects.toThrow("the connection ended");
  expect((await client.until(readAnswer())).body.toString()).toBe(result(1, {}));
  await closed;
  await client.ended;
  expect(gateway.events().at(-1)).toMatchObject({ event_type: "session_end" });
});

const meta = { "io.modelcontextprotocol/protocolVersion": "2026-07-28" };
test.each([
  ["GET", request("GET /mcp HTTP/1.1", "", ["Accept: text/event-stream"])],
  ["subscription", post("/mcp", rpc(1, "subscriptions/listen", { _meta: meta }), ["Mcp-Method: subscriptions/listen"])],
])("22 an open %s stream, which never ends by itself, does not hold the proxy up", async (_, bytes) => {
  const upstream = await startUpstream(
    ({ socket }) => void socket.write(Buffer.concat([streamHead(), chunk(": a\n\n")])),
  );
  const gateway = await startGateway(upstream.url);
  const client = openClient(gateway.url);
  client.send(bytes);
  await client.until((came) => (came.includes(": a\n\n") ? true : undefined));
  const began = performance.now();
  await gateway.close();
  expect(performance.now() - began).toBeLessThan(1000);
  await client.ended;
  await upstream.calls[0]?.closed;
});

test("22 a call that never ends is cut off after ten seconds", async () => {
  const upstream = await startUpstream(() => {});
  const gateway = await startGateway(upstream.url);
  const client = openClient(gateway.url);
  client.send(call);
  while (upstream.calls.length === 0) await wait(5);
  const began = performance.now();
  await gateway.close();
  expect(performance.now() - began).toBeGreaterThan(9000);
  expect(performance.now() - began).toBeLessThan(12_000);
  await client.ended;
});
