import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import { startGateway, type Gateway } from "./gateway.ts";
import { always, answer, chunk, json, post, request, result, rpc, streamHead } from "./messages.ts";
import { ask, openClient, readAnswer } from "./raw-client.ts";
import { bodySoFar, headerOf } from "./read-http.ts";
import { startUpstream, type RawUpstream } from "./raw-upstream.ts";

const call = post("/mcp", rpc("a/1", "tools/call", { name: "a" }));
const listen = request("GET /mcp HTTP/1.1", "", ["Accept: text/event-stream"]);
const failure = { jsonrpc: "2.0", id: "a/1", error: { code: -32603 } };

async function arrived(upstream: RawUpstream, count: number): Promise<void> {
  while (upstream.calls.length < count) await wait(2);
}

/** The gateway works on, and its log says what happened. */
async function stillWorks(gateway: Gateway, upstream: RawUpstream): Promise<void> {
  const before = upstream.calls.length;
  void ask(gateway.url, call).catch(() => {});
  await arrived(upstream, before + 1);
  await gateway.close();
  expect(gateway.events().filter(({ event_type: type }) => type === "upstream_error").length).toBeGreaterThan(0);
}

test.each([
  ["before its answer begins", []],
  ["within the head", ["HTTP/1.1 200 OK\r\nContent-Ty"]],
  ["after the head", ["HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n"]],
  ["within the body", ['HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"jsonrpc":']],
  [
    "within a chunk",
    ["HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n", "ff\r\n{"],
  ],
  ["without speaking HTTP", ["SSH-2.0-OpenSSH\r\n\r\n"]],
])("47 an upstream that dies %s: 502 under the request's id, and the next request works", async (_, bytes) => {
  const upstream = await startUpstream(({ socket }) => {
    for (const part of bytes) socket.write(part);
    setTimeout(() => socket.destroy(), 20);
  });
  const gateway = await startGateway(upstream.url);
  const dead = await ask(gateway.url, call);
  expect(dead.start[1]).toBe("502");
  expect(JSON.parse(dead.body.toString())).toMatchObject(failure);
  await stillWorks(gateway, upstream);
});

test("47 an upstream that is not there: 502 for each id of a batch; after five failures 503 without asking", async () => {
  const upstream = await startUpstream(() => {});
  const { url } = upstream;
  await upstream.stop();
  const gateway = await startGateway(url);
  const batch = await ask(gateway.url, post("/mcp", `[${rpc(1, "ping")},${rpc(undefined, "a")},${rpc("1", "ping")}]`));
  expect(JSON.parse(batch.body.toString())).toMatchObject([
    { id: 1, error: {} },
    { id: "1", error: {} },
  ]);
  for (let count = 1; count < 5; count++) expect((await ask(gateway.url, call)).start[1]).toBe("502");
  const spared = await ask(gateway.url, call);
  expect([spared.start[1], Number(headerOf(spared, "retry-after")) > 0]).toEqual(["503", true]);
  expect(JSON.parse(spared.body.toString())).toMatchObject(failure);
  expect((await ask(gateway.url, request("GET /health/ready HTTP/1.1"))).start[1]).toBe("503");
  expect((await ask(gateway.url, request("GET /health HTTP/1.1"))).start[1]).toBe("200");
});

test("29 an upstream that does not begin to answer in time: 504 under the request's id", async () => {
  const upstream = await startUpstream(() => {});
  const gateway = await startGateway(upstream.url, { requestTimeout: 0.5 });
  const late = await ask(gateway.url, call);
  expect(late.start[1]).toBe("504");
  expect(JSON.parse(late.body.toString())).toMatchObject(failure);
  await upstream.calls[0]?.closed;
});

const progress = rpc(undefined, "notifications/progress", { progressToken: 1, progress: 1 });
test.each([
  ["mid-event", `data: ${progress}\n\ndata: {"jsonrpc":`],
  ["between events", `data: ${progress}\n\n`],
])("47 a stream that dies %s ends with an error for the open id", async (_, events) => {
  const upstream = await startUpstream(({ socket }) => {
    socket.write(Buffer.concat([streamHead(), chunk(events)]));
    setTimeout(() => socket.destroy(), 20);
  });
  const gateway = await startGateway(upstream.url);
  const { body } = await ask(gateway.url, call);
  const [first, last, ...more] = body.toString().split("\n\n");
  expect(first).toBe(`data: ${progress}`);
  expect(JSON.parse(last?.replace("event: message\ndata: ", "") ?? "")).toMatchObject(failure);
  expect(more).toEqual([""]);
  await stillWorks(gateway, upstream);
});

test("47 of a batch only what is open gets the error", async () => {
  const upstream = await startUpstream(({ socket }) => {
    socket.write(Buffer.concat([streamHead(), chunk(`data: ${result(1, {})}\n\n`)]));
    setTimeout(() => socket.destroy(), 20);
  });
  const gateway = await startGateway(upstream.url);
  const { body } = await ask(gateway.url, post("/mcp", `[${rpc(1, "ping")},${rpc("1 ", "ping")},${rpc(2, "ping")}]`));
  const ids = [...body.toString().matchAll(/"id":("?[^,]*),"error"/g)].map(([, id]) => id);
  expect(ids).toEqual(['"1 "', "2"]);
});

test.each([
  ["that can be resumed", call, `id: 1\nretry: 10\ndata:\n\n`],
  ["of the server's own", listen, `data: ${progress}\n\n`],
  ["that has answered", call, `data: ${result("a/1", {})}\n\n`],
])("45 47 a stream %s that dies is cut off, not ended", async (_, bytes, events) => {
  const upstream = await startUpstream(({ socket }) => {
    socket.write(Buffer.concat([streamHead(), chunk(events)]));
    setTimeout(() => socket.destroy(), 20);
  });
  const gateway = await startGateway(upstream.url);
  const client = openClient(gateway.url);
  client.send(bytes);
  await client.ended;
  expect(bodySoFar(client.bytes()).toString()).toBe(events);
  expect(client.bytes().toString()).not.toMatch(/0\r\n\r\n$/);
});

test("45 a body that nobody looks into and that breaks off is cut off too", async () => {
  const reply = answer("200 OK", "abc", ["Content-Length: 10", "Content-Type: image/png"]);
  const upstream = await startUpstream(({ socket }) => void socket.end(reply));
  const gateway = await startGateway(upstream.url);
  await expect(ask(gateway.url, request("GET /a.png HTTP/1.1"))).rejects.toThrow("the connection ended");
});

test.each([
  ["before the answer", call, []],
  ["within a JSON answer", call, [answer("200 OK", "{", ["Content-Type: application/json", "Content-Length: 99"])]],
  ["within a stream", call, [streamHead(), chunk(`data: ${progress}\n\n`)]],
  ["on a listening stream", listen, [streamHead()]],
])("45 a client that goes away %s takes the upstream's request along within 100 ms", async (_, bytes, parts) => {
  const upstream = await startUpstream(({ socket }) => void socket.write(Buffer.concat(parts)));
  const gateway = await startGateway(upstream.url);
  const client = openClient(gateway.url);
  client.send(bytes);
  await arrived(upstream, 1);
  await wait(30);
  client.socket.destroy();
  const began = performance.now();
  await upstream.calls[0]?.closed;
  expect(performance.now() - began).toBeLessThan(100);
  expect(upstream.calls).toHaveLength(1);
});

test("45 a client that goes away while its request waits for a connection is forgotten", async () => {
  const upstream = await startUpstream(always(json(result("a/1", {}))));
  const gateway = await startGateway(upstream.url);
  for (let count = 0; count < 20; count++) {
    const client = openClient(gateway.url);
    client.send(call);
    await new Promise(setImmediate);
    client.socket.destroy();
  }
  const answered = await ask(gateway.url, call);
  expect(answered.start[1]).toBe("200");
});

test("50 50 open streams hold nobody up", async () => {
  const upstream = await startUpstream(({ socket, start }) => {
    socket.write(start[0] === "GET" ? streamHead() : json(result("a/1", {})));
  });
  const gateway = await startGateway(upstream.url);
  for (let count = 0; count < 50; count++) openClient(gateway.url).send(listen);
  await arrived(upstream, 50);
  const client = openClient(gateway.url);
  client.send(call);
  expect((await client.until(readAnswer())).start[1]).toBe("200");
});
