import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import { startGateway, type Gateway } from "./gateway.ts";
import { always, answer, ATTACK, chunk, json, post, request, result, rpc, streamHead } from "./messages.ts";
import { ask, openClient } from "./raw-client.ts";
import { bodySoFar, headerOf, type HttpMessage } from "./read-http.ts";
import { startUpstream, type RawUpstream } from "./raw-upstream.ts";

const attack = (id: unknown, params: object = {}): string =>
  rpc(id, "tools/call", { name: "a", arguments: { text: ATTACK }, ...params });
const modern = { _meta: { "io.modelcontextprotocol/protocolVersion": "2026-07-28" } };
const parsed = ({ body }: HttpMessage): unknown => JSON.parse(body.toString());

type Pair = { upstream: RawUpstream; gateway: Gateway };
async function start(reply: Buffer, config = ""): Promise<Pair> {
  const upstream = await startUpstream(always(reply));
  return { upstream, gateway: await startGateway(upstream.url, { config }) };
}

test("63 a blocked call is answered once at 200 in its era's form, and the session goes on", async () => {
  const { upstream, gateway } = await start(json(result(2, { content: [] })));
  const old = await ask(gateway.url, post("/mcp", attack(7)));
  const version = "MCP-Protocol-Version: 2026-07-28";
  const now = await ask(gateway.url, post("/mcp", attack("7", modern), [version]));
  expect([old.start[1], now.start[1], headerOf(old, "content-type")]).toEqual(["200", "200", "application/json"]);
  expect(parsed(old)).toEqual({
    jsonrpc: "2.0",
    id: 7,
    result: { content: [{ type: "text", text: expect.stringContaining("mcpguard") }], isError: true },
  });
  expect(parsed(now)).toMatchObject({ id: "7", result: { isError: true, resultType: "complete" } });
  expect(old.body.toString()).not.toContain("API key");
  expect((await ask(gateway.url, post("/mcp", rpc(2, "ping")))).body.toString()).toBe(result(2, { content: [] }));
  expect(upstream.calls).toHaveLength(1);
  await gateway.close();
  const { id } = gateway.events().find(({ blocked }) => blocked) ?? {};
  expect(old.body.toString()).toContain(id);
});

test("63 another method is refused with an error at 200, outside the reserved codes", async () => {
  const { upstream, gateway } = await start(json("{}"), "deny: ['method:resources/*']\n");
  const refused = await ask(
    gateway.url,
    post("/mcp", rpc(9007199254740993n.toString(), "resources/read", { uri: "file:///a" })),
  );
  expect(refused.start[1]).toBe("200");
  expect(parsed(refused)).toMatchObject({ id: "9007199254740993", error: { code: -31403 } });
  expect(upstream.calls).toHaveLength(0);
});

test("64 a blocked notification is taken in with 202 and goes nowhere", async () => {
  const { upstream, gateway } = await start(answer("202 Accepted"), "deny: ['method:notifications/secret']\n");
  const taken = await ask(gateway.url, post("/mcp", rpc(undefined, "notifications/secret")));
  expect([taken.start[1], taken.body.length, upstream.calls.length]).toEqual(["202", 0, 0]);
});

test.each([
  ["a JSON array", (rest: string) => json(`[ ${rest} ]`)],
  ["one JSON answer", (rest: string) => json(rest)],
  ["a stream", (rest: string) => Buffer.concat([streamHead(), chunk(`data: ${rest}\n\n`), chunk("")])],
  ["a stream without an end", (rest: string) => Buffer.concat([streamHead(), chunk(`data: ${rest}`), chunk("")])],
])("14 of a batch only the blocked member is cut, and its refusal joins %s", async (_, reply) => {
  const rest = result(2, { content: [] });
  const { upstream, gateway } = await start(reply(rest));
  const fine = '{"jsonrpc" : "2.0", "id":2,"method":"tools/call","params":{"name":"b","arguments":{"n":1.0}}}';
  const { start: line, body } = await ask(gateway.url, post("/mcp", `[${attack(1)}, ${fine}]`));
  expect(upstream.calls[0]?.body.toString()).toBe(`[${fine}]`);
  const text = body.toString();
  const members: unknown = text.startsWith("[")
    ? JSON.parse(text)
    : [...text.matchAll(/^data: (.*)$/gm)].map(([, data = ""]) => JSON.parse(data) as unknown);
  expect(line[1]).toBe("200");
  expect(members).toEqual([JSON.parse(rest), expect.objectContaining({ id: 1, result: expect.anything() })]);
});

test("14 a batch of which nothing is left is answered by an array; one of notifications with 202; an empty one passes", async () => {
  const { upstream, gateway } = await start(json("[]"), "deny: ['method:notifications/x']\n");
  const all = await ask(gateway.url, post("/mcp", `[${attack(1)},${attack("b")}]`));
  expect(parsed(all)).toMatchObject([{ id: 1 }, { id: "b" }]);
  const notes = rpc(undefined, "notifications/x");
  expect((await ask(gateway.url, post("/mcp", `[${notes},${notes}]`))).start[1]).toBe("202");
  expect(upstream.calls).toHaveLength(0);
  expect(parsed(await ask(gateway.url, post("/mcp", "[]")))).toEqual([]);
  expect(upstream.calls[0]?.body.toString()).toBe("[]");
});

const changing = "detectors: { prompt-injection: block }\n";
test("65 a server's request that is blocked within an answer's stream is answered to it by POST", async () => {
  const asking = rpc("s1", "sampling/createMessage", { messages: [], systemPrompt: ATTACK, maxTokens: 1 });
  const upstream = await startUpstream(({ socket, body }) => {
    const isCall = body.includes("tools/call");
    socket.write(isCall ? Buffer.concat([streamHead(), chunk(`data: ${asking}\n\n`)]) : answer("202 Accepted"));
    const rest = Buffer.concat([chunk(`data: ${result(1, {})}\n\n`), chunk("")]);
    if (isCall) setTimeout(() => socket.write(rest), 50);
  });
  const gateway = await startGateway(upstream.url, { config: changing });
  const lines = ["Mcp-Session-Id: s", "Authorization: Bearer t", "Last-Event-ID: 4", "Accept: text/event-stream"];
  const { body } = await ask(gateway.url, post("/mcp?a=1", rpc(1, "tools/call", { name: "a" }), lines));
  expect(body.toString()).toBe(`data: ${result(1, {})}\n\n`);
  const [, told] = upstream.calls;
  expect(told?.start.slice(0, 2)).toEqual(["POST", "/mcp?a=1"]);
  expect(["mcp-session-id", "authorization", "last-event-id"].map((name) => told && headerOf(told, name))).toEqual([
    "s",
    "Bearer t",
    undefined,
  ]);
  expect(told && parsed(told)).toMatchObject({ jsonrpc: "2.0", id: "s1", error: { code: -31403 } });
});

test("65 one blocked input request replaces the whole result", async () => {
  const inputRequests = {
    a: { method: "elicitation/create", params: { message: "Your name?" } },
    b: { method: "elicitation/create", params: { message: ATTACK } },
  };
  const reply = json(result(1, { resultType: "input_required", inputRequests, requestState: "x" }));
  const { gateway } = await start(reply, changing);
  const { body } = await ask(gateway.url, post("/mcp", rpc(1, "tools/call", { name: "a", ...modern })));
  expect(JSON.parse(body.toString())).toMatchObject({ id: 1, result: { isError: true, resultType: "complete" } });
  expect(body.toString()).not.toContain("inputRequests");
});

test("65 a client's answer that is blocked becomes an error, so that the server does not wait", async () => {
  const upstream = await startUpstream(({ socket, start: [method] }) => {
    const ask1 = chunk(`data: ${rpc(3, "sampling/createMessage", { messages: [], maxTokens: 1 })}\n\n`);
    socket.write(method === "GET" ? Buffer.concat([streamHead(), ask1]) : answer("202 Accepted"));
  });
  const gateway = await startGateway(upstream.url, { config: "detectors: { secret-leak: block }\n" });
  const client = openClient(gateway.url);
  const session = "Mcp-Session-Id: s";
  client.send(request("GET /mcp HTTP/1.1", "", ["Accept: text/event-stream", session]));
  await client.until((bytes) => (bodySoFar(bytes).length > 0 ? true : undefined));
  const sampled = { role: "assistant", model: "m", content: { type: "text", text: "AKIAQ3EGRZ5PXLW7M2KD" } };
  expect((await ask(gateway.url, post("/mcp", result(3, sampled), [session]))).start[1]).toBe("202");
  while (upstream.calls.length < 2) await wait(5);
  expect(upstream.calls[1] && parsed(upstream.calls[1])).toMatchObject({ id: 3, error: { code: -31403 } });
});

test("66 a filtered list keeps its order, cursor and hints, and the headers of its bytes go", async () => {
  const tools = [{ name: "a", description: ATTACK }, { name: "b" }, { name: "c" }];
  const rest = { nextCursor: "n", ttlMs: 5, cacheScope: "public", resultType: "complete", _meta: { k: 1.5 } };
  const { gateway } = await start(json(result(1, { tools, ...rest }), ['ETag: "e"', "Digest: d", "X-A: 1"]));
  const listed = await ask(gateway.url, post("/mcp", rpc(1, "tools/list")));
  expect(parsed(listed)).toEqual({ jsonrpc: "2.0", id: 1, result: { tools: [{ name: "b" }, { name: "c" }], ...rest } });
  expect(["etag", "digest", "x-a"].map((name) => headerOf(listed, name))).toEqual([undefined, undefined, "1"]);
  const called = await ask(gateway.url, post("/mcp", rpc(2, "tools/call", { name: "a" })));
  expect(parsed(called)).toMatchObject({ id: 2, result: { isError: true } });
});
