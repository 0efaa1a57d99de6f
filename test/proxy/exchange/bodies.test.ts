import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import { bothWays } from "./both-ways.ts";
import { startGateway } from "./gateway.ts";
import { always, chunk, json, post, request, result, rpc } from "./messages.ts";
import { ask, openClient, readAnswer } from "./raw-client.ts";
import { headerOf } from "./read-http.ts";
import { startUpstream } from "./raw-upstream.ts";
import { seen } from "./seen.ts";

const body = rpc(1, "tools/call", { name: "é", arguments: { n: 1 } });
const fine = always(json(result(1, {})));
const oneByOne = Buffer.concat([...Buffer.from(body)].map((byte) => chunk(Buffer.from([byte]))));

test.each([
  ["with its length", post("/mcp", body)],
  ["in one chunk", Buffer.concat([post("/mcp", "", ["Transfer-Encoding: chunked"]), chunk(body), chunk("")])],
  ["in chunks of one byte", Buffer.concat([post("/mcp", "", ["Transfer-Encoding: chunked"]), oneByOne, chunk("")])],
])("49 an upload %s arrives whole and consistent", async (_, bytes) => {
  const { direct, proxied, arrived } = await bothWays(fine, bytes);
  expect(arrived.body.toString()).toBe(body);
  expect(headerOf(arrived, "content-length")).toBe(String(Buffer.byteLength(body)));
  expect(headerOf(arrived, "transfer-encoding")).toBeUndefined();
  expect(seen(proxied)).toEqual(seen(direct));
});

test("49 an upload in packets of one byte arrives whole", async () => {
  const upstream = await startUpstream(fine);
  const gateway = await startGateway(upstream.url);
  const client = openClient(gateway.url);
  client.socket.setNoDelay(true);
  for (const byte of post("/mcp", body)) {
    client.send(Buffer.from([byte]));
    await new Promise(setImmediate);
  }
  expect((await client.until(readAnswer())).body.toString()).toBe(result(1, {}));
  expect(upstream.calls[0]?.body.toString()).toBe(body);
});

test.each([
  ["no length", request("POST /tasks/1:cancel HTTP/1.1")],
  ["length 0", request("POST /tasks/1:cancel HTTP/1.1", "", ["Content-Length: 0"])],
  ["no chunk", Buffer.concat([request("POST /x HTTP/1.1", "", ["Transfer-Encoding: chunked"]), chunk("")])],
  ["length 0 and said to be JSON", post("/mcp", "", ["Content-Length: 0"])],
])("49 an empty body passes: %s", async (_, bytes) => {
  const { arrived, proxied, direct } = await bothWays(fine, bytes);
  expect([arrived.body.length, headerOf(arrived, "content-length")]).toEqual([0, "0"]);
  expect(seen(proxied)).toEqual(seen(direct));
});

test("49 a body that waits for 100 Continue gets it, and the upstream never hears of it", async () => {
  const upstream = await startUpstream(fine);
  const gateway = await startGateway(upstream.url);
  const client = openClient(gateway.url);
  client.send(post("/mcp", "", ["Expect: 100-continue", `Content-Length: ${Buffer.byteLength(body)}`]));
  await client.until((bytes) => (bytes.includes("HTTP/1.1 100 Continue\r\n\r\n") ? true : undefined));
  client.send(Buffer.from(body));
  expect((await client.until(readAnswer())).start[1]).toBe("200");
  expect(upstream.calls.map((call) => [call.body.toString(), headerOf(call, "expect")])).toEqual([[body, undefined]]);
});

const smuggled = "POST /evil HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n";
const start = "POST /mcp HTTP/1.1\r\nHost: localhost\r\n";
test.each([
  ["length and chunks", `${start}Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${smuggled}`],
  [
    "chunks and length",
    `${start}Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n5c\r\n${smuggled}\r\n0\r\n\r\n`,
  ],
  ["two lengths", `${start}Content-Length: 0\r\nContent-Length: 5\r\n\r\n12345`],
  ["a list of lengths", `${start}Content-Length: 0, 5\r\n\r\n12345`],
  ["a signed length", `${start}Content-Length: +5\r\n\r\n12345`],
  ["a hexadecimal length", `${start}Content-Length: 0x5\r\n\r\n12345`],
  ["an unknown transfer coding", `${start}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n`],
  ["chunks that are not last", `${start}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n${smuggled}`],
  ["a space before the colon", `${start}Content-Length : 5\r\n\r\n12345`],
  ["a folded header", `${start}X-A: 1\r\n Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n12345`],
  ["a bare CR in a header", `${start}X-A: 1\rTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n12345`],
  ["a NUL in a header", `${start}X-A: 1\0\r\nContent-Length: 5\r\n\r\n12345`],
  ["bare line feeds", `${start}Content-Length: 5\n\n12345`],
  ["a bad chunk size", `${start}Transfer-Encoding: chunked\r\n\r\n5;\n\r\n12345\r\n0\r\n\r\n`],
  ["no host", "POST /mcp HTTP/1.1\r\nContent-Length: 5\r\n\r\n12345"],
  ["two hosts", `${start}Host: other\r\nContent-Length: 5\r\n\r\n12345`],
])("49 what two readers could read in two ways is refused: %s", async (_, bytes) => {
  const upstream = await startUpstream(fine);
  const gateway = await startGateway(upstream.url);
  const answer = await ask(gateway.url, Buffer.from(bytes, "latin1"));
  expect(answer.start[1]).toBe("400");
  await wait(30);
  expect(upstream.bytes().toString()).toBe("");
});

const limit = 100_000;
test.each([
  ["states its length", (size: number) => [post("/mcp", "", [`Content-Length: ${size}`]), Buffer.alloc(size, 0x20)]],
  [
    "comes in chunks",
    (size: number) => [post("/mcp", "", ["Transfer-Encoding: chunked"]), chunk(Buffer.alloc(size, 0x20))],
  ],
])("49 a body above the limit that %s is refused while it is sent, and the refusal can be read", async (_, parts) => {
  const upstream = await startUpstream(fine);
  const gateway = await startGateway(upstream.url, { maxBodySize: limit });
  const client = openClient(gateway.url);
  const [head = Buffer.alloc(0), bulk = Buffer.alloc(0)] = parts(30 * limit);
  client.send(head);
  // A client that looks for the answer only when all is sent.
  client.socket.pause();
  for (let at = 0; at < bulk.length; at += 65_536) {
    if (client.socket.destroyed) break;
    await new Promise<void>((resolve) => client.socket.write(bulk.subarray(at, at + 65_536), () => resolve()));
    if (at % (10 * 65_536) === 0) await wait(5);
  }
  client.socket.resume();
  const answer = await client.until(readAnswer());
  expect(answer.start[1]).toBe("413");
  expect(JSON.parse(answer.body.toString())).toMatchObject({ error: { code: -32600 } });
  expect(answer.body.toString()).toContain(String(limit));
  expect(upstream.calls).toEqual([]);
});

test("49 a body just at the limit passes; a client that breaks off does no harm", async () => {
  const exact = `${body}${" ".repeat(limit - Buffer.byteLength(body))}`;
  const upstream = await startUpstream(fine);
  const gateway = await startGateway(upstream.url, { maxBodySize: limit });
  const client = openClient(gateway.url);
  client.send(post("/mcp", "", ["Content-Length: 50"]));
  client.send("{");
  await wait(20);
  client.socket.destroy();
  expect((await ask(gateway.url, post("/mcp", exact))).start[1]).toBe("200");
  expect(upstream.calls.map((call) => call.body.toString())).toEqual([exact]);
});

test("50 1,000 requests on one connection are answered in turn, and reach the upstream by one connection", async () => {
  const upstream = await startUpstream(({ socket, body: asked }) => {
    const { id } = JSON.parse(asked.toString()) as { id: number };
    socket.write(json(result(id, {})));
  });
  const gateway = await startGateway(upstream.url);
  const client = openClient(gateway.url);
  const count = 1000;
  let from = 0;
  for (let id = 0; id < count; id++) {
    client.send(post("/mcp", rpc(id, "ping")));
    const answer = await client.until((bytes, isEnd) => readAnswer()(bytes.subarray(from), isEnd));
    from += answer.length;
    expect(JSON.parse(answer.body.toString())).toMatchObject({ id });
  }
  expect([upstream.calls.length, upstream.connections]).toEqual([count, 1]);
});

test("27 what is said to be JSON and is none is answered by the proxy", async () => {
  const upstream = await startUpstream(fine);
  const gateway = await startGateway(upstream.url);
  const answer = await ask(gateway.url, post("/mcp", '{"jsonrpc":"2.0",'));
  expect(answer.start[1]).toBe("400");
  expect(JSON.parse(answer.body.toString())).toMatchObject({ jsonrpc: "2.0", id: null, error: { code: -32700 } });
  expect(upstream.calls).toEqual([]);
});
