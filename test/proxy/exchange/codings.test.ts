import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { bothWays } from "./both-ways.ts";
import { startGateway } from "./gateway.ts";
import { always, answer, ATTACK, json, post, result, rpc } from "./messages.ts";
import { ask } from "./raw-client.ts";
import { headerOf } from "./read-http.ts";
import { startUpstream } from "./raw-upstream.ts";
import { seen } from "./seen.ts";

const codings: [string, (text: string | Buffer) => Buffer][] = [
  ["gzip", gzipSync],
  ["x-gzip", gzipSync],
  ["GZIP", gzipSync],
  ["deflate", deflateSync],
  ["br", brotliCompressSync],
];
const call = (text: string): string => rpc(1, "tools/call", { name: "a", arguments: { text } });
const tools = (description: string): string => result(1, { tools: [{ name: "a", description }, { name: "b" }] });

test.each(codings)("48 an answer in %s passes as it is, and is looked into", async (coding, pack) => {
  const line = [`Content-Encoding: ${coding}`, 'ETag: "e"', "Vary: Accept-Encoding"];
  const list = post("/mcp", rpc(1, "tools/list"), ["Accept-Encoding: gzip"]);
  const fine = await bothWays(always(json(pack(tools("adds")), line)), list);
  expect(seen(fine.proxied)).toEqual(seen(fine.direct));
  const { proxied } = await bothWays(always(json(pack(tools(ATTACK)), line)), list);
  expect(JSON.parse(proxied.body.toString())).toEqual({ jsonrpc: "2.0", id: 1, result: { tools: [{ name: "b" }] } });
  expect(["content-encoding", "etag"].map((name) => headerOf(proxied, name))).toEqual([undefined, undefined]);
  expect(headerOf(proxied, "content-length")).toBe(String(proxied.body.length));
});

test.each(codings)("48 a request in %s passes as it is, and is looked into", async (coding, pack) => {
  const upstream = await startUpstream(always(json(result(1, {}))));
  const gateway = await startGateway(upstream.url);
  const fine = pack(call("hello"));
  const secret = pack(call(`the key is AKIAQ3EGRZ5PXLW7M2KD and ${"x".repeat(20)}`));
  const line = [`Content-Encoding: ${coding}`];
  await ask(gateway.url, post("/mcp", fine, line));
  const blocked = await ask(gateway.url, post("/mcp", pack(call(ATTACK)), line));
  await ask(gateway.url, post("/mcp", secret, line));
  expect(JSON.parse(blocked.body.toString())).toMatchObject({ id: 1, result: { isError: true } });
  const [first, redacted] = upstream.calls;
  expect(first?.body).toEqual(fine);
  expect(first && headerOf(first, "content-encoding")).toBe(coding);
  expect(redacted && headerOf(redacted, "content-encoding")).toBeUndefined();
  expect(redacted?.body.toString()).not.toContain("AKIAQ3EGRZ5PXLW7M2KD");
  expect(upstream.calls.length).toBe(2);
});

const bomb = gzipSync(Buffer.alloc(30 * 1024 * 1024, 0x20));
test.each([
  ["unknown", "snappy", Buffer.from(call("a"))],
  ["a name of JavaScript", "constructor", Buffer.from(call("a"))],
  ["two at once", "gzip, br", gzipSync(brotliCompressSync(call("a")))],
  ["cut off", "gzip", gzipSync(call("a")).subarray(0, -12)],
  ["not what it says", "br", Buffer.from(call("a"))],
  ["a bomb", "gzip", bomb],
])("48 a request in a coding that is %s is refused", async (_, coding, body) => {
  const upstream = await startUpstream(always(json(result(1, {}))));
  const gateway = await startGateway(upstream.url);
  const { start } = await ask(gateway.url, post("/mcp", body, [`Content-Encoding: ${coding}`]));
  expect([start[1], upstream.calls.length]).toEqual(["415", 0]);
});

test.each([
  ["unknown", ["Content-Encoding: snappy"], Buffer.from(result(1, {}))],
  ["two at once", ["Content-Encoding: br, gzip"], gzipSync(brotliCompressSync(result(1, {})))],
  ["two in two lines", ["Content-Encoding: br", "Content-Encoding: gzip"], gzipSync(brotliCompressSync(result(1, {})))],
  ["cut off", ["Content-Encoding: gzip"], gzipSync(result(1, {})).subarray(0, -12)],
  ["a bomb", ["Content-Encoding: gzip"], bomb],
])("48 an answer in a coding that is %s is refused under the request's id", async (_, lines, body) => {
  const upstream = await startUpstream(always(json(body, lines)));
  const gateway = await startGateway(upstream.url, { config: "max_inspect_size: 1000000\n" });
  const refused = await ask(gateway.url, post("/mcp", rpc("7", "ping")));
  expect(refused.start[1]).toBe("502");
  expect(JSON.parse(refused.body.toString())).toMatchObject({ id: "7", error: { code: -32603 } });
  expect((await ask(gateway.url, post("/health", ""))).start[1]).toBe("200");
});

test.each(["snappy", "gzip, br"])("48 a stream in the coding %s is refused likewise", async (coding) => {
  const head = ["Content-Type: text/event-stream", `Content-Encoding: ${coding}`];
  const upstream = await startUpstream(always(answer("200 OK", "data: {}\n\n", head)));
  const gateway = await startGateway(upstream.url);
  const refused = await ask(gateway.url, post("/mcp", rpc(7, "ping")));
  expect(refused.start[1]).toBe("502");
  expect(JSON.parse(refused.body.toString())).toMatchObject({ id: 7, error: { code: -32603 } });
});

test.each(codings)("48 a stream in %s arrives decoded, event by event", async (coding, pack) => {
  const events = `data: ${result(1, { content: [] })}\n\n: bye\n\n`;
  const head = ["Content-Type: text/event-stream", `Content-Encoding: ${coding}`];
  const upstream = await startUpstream(always(answer("200 OK", pack(events), head)));
  const gateway = await startGateway(upstream.url);
  const { body, headers } = await ask(gateway.url, post("/mcp", rpc(1, "ping"), [`Accept-Encoding: ${coding}`]));
  expect(body.toString()).toBe(events);
  expect(headers.map(([name]) => name.toLowerCase())).not.toContain("content-encoding");
});
