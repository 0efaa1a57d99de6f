import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import { decide } from "../../../src/state/decisions.ts";
import { listPending } from "../../../src/state/pending.ts";
import { startGateway, type Gateway } from "./gateway.ts";
import { answer, chunk, json, post, request, result, rpc, streamHead } from "./messages.ts";
import { ask, openClient, type RawClient } from "./raw-client.ts";
import { bodySoFar } from "./read-http.ts";
import { startUpstream, type RawUpstream } from "./raw-upstream.ts";

const session = "Mcp-Session-Id: s";
const listen = request("GET /mcp HTTP/1.1", "", ["Accept: text/event-stream", session]);
const meta = { "io.modelcontextprotocol/protocolVersion": "2026-07-28" };
const subscribe = post("/mcp", rpc("sub-1", "subscriptions/listen", { _meta: meta }));
const list = (lines: readonly string[] = [session]): Buffer => post("/mcp", rpc(1, "tools/list"), lines);
const note = `{"jsonrpc":"2.0","method":"notifications/tools/list_changed"}`;
const streamOf = (client: RawClient): string => bodySoFar(client.bytes()).toString();

/** A server whose tool `a` can be changed, and that keeps its streams open. */
async function start(): Promise<{ upstream: RawUpstream; gateway: Gateway; change(description: string): void }> {
  let description = "adds";
  const upstream = await startUpstream(({ socket, start: [method], body }) => {
    const { id, method: called } =
      method === "GET" ? { id: 0, method: "" } : (JSON.parse(body.toString()) as { id: unknown; method: string });
    if (method === "GET" || called === "subscriptions/listen")
      return void socket.write(Buffer.concat([streamHead(), chunk(": open\n\n")]));
    if (id === undefined) return void socket.write(answer("202 Accepted"));
    const value =
      called === "initialize" ? { capabilities: {} } : { tools: [{ name: "a", description }, { name: "b" }] };
    return void socket.write(json(result(id, value), called === "initialize" ? [session] : []));
  });
  const gateway = await startGateway(upstream.url);
  return { upstream, gateway, change: (to) => void (description = to) };
}

async function openStream(gateway: Gateway, bytes: Buffer): Promise<RawClient> {
  const client = openClient(gateway.url);
  client.send(bytes);
  await client.until(() => (streamOf(client).includes(": open") ? true : undefined));
  return client;
}

async function names(gateway: Gateway, lines?: readonly string[]): Promise<string[]> {
  const { body } = await ask(gateway.url, list(lines));
  const { result: listed } = JSON.parse(body.toString()) as { result: { tools: { name: string }[] } };
  return listed.tools.map(({ name }) => name);
}

test.each([
  ["a listening client of the old era", listen, [session], note],
  [
    "a subscription of the new era",
    subscribe,
    [],
    note.replace("}", `,"params":{"_meta":{"io.modelcontextprotocol/subscriptionId":"sub-1"}}}`),
  ],
])("66 after an approval %s is told within two seconds", async (_, bytes, lines, told) => {
  const { gateway, change } = await start();
  await ask(gateway.url, post("/mcp", rpc(0, "initialize", {})));
  expect(await names(gateway, lines)).toEqual(["a", "b"]);
  const client = await openStream(gateway, bytes);
  change("removes");
  expect(await names(gateway, lines)).toEqual(["b"]);
  while (listPending(gateway.home).length === 0) await wait(5);
  decide(gateway.home, listPending(gateway.home)[0]?.id ?? "", "approve", Date.now());
  const began = performance.now();
  await client.until(() => (streamOf(client) === `: open\n\nevent: message\ndata: ${told}\n\n` ? true : undefined));
  expect(performance.now() - began).toBeLessThan(2000);
  expect(await names(gateway, lines)).toEqual(["a", "b"]);
});

test("a change of the rules is told, and holds for open sessions; streams of answers are left alone", async () => {
  const { gateway, upstream } = await start();
  await ask(gateway.url, post("/mcp", rpc(0, "initialize", {})));
  const client = await openStream(gateway, listen);
  const call = openClient(gateway.url);
  call.send(post("/mcp", rpc("c", "subscriptions/unlisten"), [session]));
  gateway.configure("deny: [a]\n");
  await client.until(() => (streamOf(client).includes(note) ? true : undefined));
  expect(await names(gateway)).toEqual(["b"]);
  expect(upstream.calls.length).toBeGreaterThan(2);
  expect(call.bytes().toString()).not.toContain("list_changed");
});

test("a client that never initialized, or whose stream has ended, is told nothing", async () => {
  const { gateway } = await start();
  const stranger = await openStream(gateway, listen);
  gateway.configure("deny: [a]\n");
  await wait(50);
  expect(streamOf(stranger)).toBe(": open\n\n");
  stranger.socket.destroy();
  await wait(20);
  gateway.configure("deny: [b]\n");
  expect(await names(gateway)).toEqual(["a"]);
});
