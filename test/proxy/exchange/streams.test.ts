import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import { startGateway, type Gateway } from "./gateway.ts";
import { ATTACK, chunk, post, request, result, rpc, streamHead } from "./messages.ts";
import { ask, openClient, type RawClient } from "./raw-client.ts";
import { bodySoFar, headerOf, type HttpMessage } from "./read-http.ts";
import { startUpstream, type RawUpstream } from "./raw-upstream.ts";
import { seen } from "./seen.ts";

const call = post("/mcp", rpc(1, "tools/call", { name: "a" }), ["Accept: application/json, text/event-stream"]);
const listen = (...lines: string[]): Buffer =>
  request("GET /mcp HTTP/1.1", "", ["Accept: text/event-stream", ...lines]);

/** Answers with a stream of these chunks, ended. */
function streaming(...chunks: (string | Buffer)[]) {
  const bytes = Buffer.concat([streamHead("X-Accel-Buffering: no"), ...chunks.map(chunk), chunk("")]);
  return startUpstream(({ socket }) => void socket.write(bytes));
}

const soFar = (client: RawClient): string => bodySoFar(client.bytes()).toString();

async function through(upstream: RawUpstream, config = ""): Promise<{ gateway: Gateway; answer: HttpMessage }> {
  const gateway = await startGateway(upstream.url, { config });
  return { gateway, answer: await ask(gateway.url, call) };
}

const events = [
  ": a comment\n\n",
  "retry: 300\nid: 0\ndata: \n\n",
  `event: message\r\nid: 1\r\ndata: {"jsonrpc":"2.0",\r\ndata:"method":"notifications/progress","params":{"progressToken":1,"progress":1}}\r\n\r\n`,
  `id: 2\rdata: ${rpc(undefined, "notifications/message", { level: "info", data: "é" })}\r\r`,
  `event: odd\ndata: no message\n\n`,
  `: and\nodd: field\nid\ndata: ${result(1, { content: [{ type: "text", text: "hello" }] })}\nretry\n\n`,
];

test.each([
  ["as they are", events],
  ["behind a byte order mark", [`\ufeff${events.join("")}`]],
  ["without an end", [...events, "data: cut"]],
  ["empty", []],
])("40 41 a stream's events arrive %s", async (_, parts) => {
  const upstream = await streaming(...parts.filter((part) => part !== ""));
  const { answer } = await through(upstream);
  expect(seen(answer)).toEqual(seen(await ask(upstream.url, call)));
  expect(headerOf(answer, "x-accel-buffering")).toBe("no");
});

test("41 a stream in chunks of one byte arrives as it is", async () => {
  const bytes = Buffer.from(events.join(""));
  const upstream = await streaming(...[...bytes].map((byte) => Buffer.from([byte])));
  const { answer } = await through(upstream);
  expect(answer.body).toEqual(bytes);
});

test("40 each event is there as soon as it is whole, the head before the first", async () => {
  const late = 40;
  const upstream = await startUpstream(({ socket }) => void socket.write(streamHead()));
  const gateway = await startGateway(upstream.url);
  const client = openClient(gateway.url);
  client.send(listen());
  await client.until((bytes) => (bytes.includes("\r\n\r\n") ? true : undefined));
  const delays: number[] = [];
  for (let count = 0; count < 20; count++) {
    const event = `data: ${rpc(undefined, "notifications/message", { level: "info", data: count })}\n\n`;
    upstream.calls[0]?.socket.write(chunk(event.slice(0, 20)));
    await wait(2);
    const began = performance.now();
    upstream.calls[0]?.socket.write(chunk(event.slice(20)));
    await client.until(() => (soFar(client).endsWith(event) ? true : undefined));
    delays.push(performance.now() - began);
  }
  expect(delays.toSorted((a, b) => a - b)[10]).toBeLessThan(late);
});

test("42 a changed event keeps its id, name, retry and comments, and has one line of data", async () => {
  const list = { tools: [{ name: "a", description: ATTACK }, { name: "b" }] };
  const pretty = JSON.stringify({ jsonrpc: "2.0", id: 1, result: list }, null, 1);
  const data = pretty.split("\n").map((line) => `data: ${line}\r\n`);
  const upstream = await streaming(
    `\ufeff: note\r\nid: 9\r\n${data.join("")}event: message\r\nretry: 5\r\n\r\n`,
    events[0] ?? "",
  );
  const gateway = await startGateway(upstream.url);
  const { body } = await ask(gateway.url, post("/mcp", rpc(1, "tools/list")));
  const lines = body.toString().split(/\r\n|\n/);
  const [, json = ""] = /^data: (.*)$/m.exec(body.toString()) ?? [];
  expect(JSON.parse(json)).toEqual({ jsonrpc: "2.0", id: 1, result: { tools: [{ name: "b" }] } });
  expect(lines.map((line) => line.replace(/^data: .*/, "data: …"))).toEqual([
    "\ufeff: note",
    "id: 9",
    "data: …",
    "event: message",
    "retry: 5",
    "",
    ": a comment",
    "",
    "",
  ]);
});

test("40 an event above max_inspect_size goes on while it comes, whole", async () => {
  const big = `data: ${result(1, { content: [{ type: "text", text: "a".repeat(300_000) }] })}\n\n`;
  const upstream = await startUpstream(({ socket }) => void socket.write(streamHead()));
  const gateway = await startGateway(upstream.url, { config: "max_inspect_size: 1024\n" });
  const client = openClient(gateway.url);
  client.send(call);
  while (upstream.calls.length === 0) await wait(5);
  const [{ socket } = { socket: undefined }] = upstream.calls;
  socket?.write(chunk(big.slice(0, 200_000)));
  await client.until(() => (soFar(client).length > 100_000 ? true : undefined));
  socket?.write(Buffer.concat([chunk(big.slice(200_000)), chunk(events[5] ?? ""), chunk("")]));
  await client.until((bytes) => (bytes.toString("latin1").endsWith("0\r\n\r\n") ? true : undefined));
  expect(soFar(client)).toBe(big + (events[5] ?? ""));
  await gateway.close();
  const told = gateway.events().find(({ event_type: type }) => type === "guard_error");
  expect(told).toMatchObject({ rule: "oversize", action: "allow", details: { bytes: big.length } });
});

test.each(["", `id: 7\nevent: message\n`])("40 in strict such an event is refused under its id: %j", async (fields) => {
  const big = result(1, { content: [{ type: "text", text: "a".repeat(300_000) }] });
  const upstream = await streaming(`${fields}data: ${big}\n\n`, ": bye\n\n");
  const { answer } = await through(upstream, "preset: strict\nmax_inspect_size: 1024\n");
  const [, json = ""] = /^event: message\ndata: (.*)\n\n: bye\n\n$/.exec(answer.body.toString()) ?? [];
  expect(JSON.parse(json)).toMatchObject({ id: 1, error: { code: expect.any(Number) } });
});

test("43 a stream that resumes is asked for with the last event's id, and what it replays is looked into", async () => {
  const answer = `id: e2\ndata: ${result(7, { tools: [{ name: "a", description: ATTACK }] })}\n\n`;
  const first = Buffer.concat([streamHead(), chunk("id: e1\nretry: 10\ndata:\n\n"), chunk("")]);
  const rest = Buffer.concat([streamHead(), chunk(answer), chunk("")]);
  const upstream = await startUpstream(({ socket, start }) => void socket.write(start[0] === "GET" ? rest : first));
  const gateway = await startGateway(upstream.url);
  const session = "Mcp-Session-Id: s";
  const primed = await ask(gateway.url, post("/mcp", rpc(7, "tools/list"), [session]));
  expect(primed.body.toString()).toBe("id: e1\nretry: 10\ndata:\n\n");
  const resumed = await ask(gateway.url, listen("Last-Event-ID: e1", session));
  expect(resumed.body.toString()).toBe('id: e2\ndata: {"jsonrpc":"2.0","id":7,"result":{"tools":[]}}\n\n');
  expect(upstream.calls[1] && headerOf(upstream.calls[1], "last-event-id")).toBe("e1");
});

test("46 a stream may be silent for longer than the request timeout, before and between its events", async () => {
  const upstream = await startUpstream(({ socket }) => void socket.write(streamHead()));
  const gateway = await startGateway(upstream.url, { requestTimeout: 0.3 });
  const client = openClient(gateway.url);
  client.send(listen());
  for (const event of [events[0], events[1]]) {
    await wait(1500);
    upstream.calls[0]?.socket.write(chunk(event ?? ""));
    await client.until(() => (soFar(client).endsWith(event ?? "") ? true : undefined));
  }
  expect(soFar(client)).toBe(`${events[0]}${events[1]}`);
});
