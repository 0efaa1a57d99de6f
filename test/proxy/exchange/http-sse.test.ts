import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import { startGateway, upstreamAt } from "./gateway.ts";
import { answer, ATTACK, chunk, post, request, result, rpc, streamHead } from "./messages.ts";
import { ask, openClient, type RawClient } from "./raw-client.ts";
import { bodySoFar } from "./read-http.ts";
import { startUpstream, type Call, type RawUpstream } from "./raw-upstream.ts";

type Sse = { upstream: RawUpstream; client: RawClient; url: string; endpoint: string; streams: Call[] };

const streamOf = (client: RawClient): string => bodySoFar(client.bytes()).toString();

/** An HTTP+SSE server that names `endpoint` on each stream, with N for the stream's number, and its first client. */
async function open(endpoint: string, base = "", mount = "", config = ""): Promise<Sse> {
  const streams: Call[] = [];
  const upstream = await startUpstream((call) => {
    const isPost = call.start[0] === "POST";
    if (!isPost) streams.push(call);
    const uri = endpoint.replace("SELF", upstream.url).replace("N", String(streams.length));
    const stream = Buffer.concat([streamHead(), chunk(`event: endpoint\ndata: ${uri}\n\n`)]);
    call.socket.write(isPost ? answer("202 Accepted", "Accepted") : stream);
  });
  const { url } = await startGateway([upstreamAt(upstream.url + base, { mount })], { config });
  const { client, endpoint: named } = await listen(`${url}${mount}/sse`);
  return { upstream, client, url, endpoint: named, streams };
}

async function listen(address: string): Promise<{ client: RawClient; endpoint: string }> {
  const { origin, pathname } = new URL(address);
  const client = openClient(origin);
  client.send(request(`GET ${pathname} HTTP/1.1`, "", ["Accept: text/event-stream"]));
  const endpoint = await client.until(() => /^event: endpoint\ndata: (.*)\n\n/.exec(streamOf(client))?.[1]);
  return { client, endpoint };
}

test.each([
  ["/messages?session=N", "", "", "/messages?session=1"],
  ["messages/?session=N&x=%2F", "", "", "/messages/?session=1&x=%2F"],
  ["?session=N", "", "", "/sse?session=1"],
  ["SELF/messages/N", "", "", "/messages/1"],
  ["/base/messages?s=N", "/base", "/s/a", "/s/a/messages?s=1"],
  ["messages?s=N", "/base", "/s/a", "/s/a/messages?s=1"],
])(
  "58 the endpoint %s is named as the proxy has it, and what is posted there arrives",
  async (uri, base, mount, own) => {
    const { url, endpoint, upstream, client, streams } = await open(uri, base, mount);
    expect(endpoint).toBe(own);
    const posted = await ask(url, post(endpoint, rpc(1, "tools/list")));
    expect([posted.start[1], posted.body.toString()]).toEqual(["202", "Accepted"]);
    expect(new URL(upstream.calls[1]?.start[1] ?? "", upstream.url).href).toBe(
      new URL(uri.replace("SELF", upstream.url).replace("N", "1"), `${upstream.url}${base}/sse`).href,
    );
    const list = result(1, { tools: [{ name: "a", description: ATTACK }, { name: "b" }] });
    streams[0]?.socket.write(chunk(`event: message\ndata: ${list}\n\n`));
    const event = await client.until(() => /\nevent: message\ndata: (.*)\n\n$/.exec(streamOf(client))?.[1]);
    expect(JSON.parse(event)).toEqual({ jsonrpc: "2.0", id: 1, result: { tools: [{ name: "b" }] } });
  },
);

test.each(["http://evil.example/messages", "//evil.example/m", "/other/messages", "javascript:alert(1)"])(
  "58 an endpoint elsewhere, %s, is not told to the client",
  async (uri) => {
    await expect(open(uri, "/base")).rejects.toThrow("the connection ended");
  },
);

test("58 an endpoint is rewritten wherever in the stream it is named", async () => {
  const upstream = await startUpstream(({ socket }) => {
    const late = `event: message\ndata: ${rpc(undefined, "notifications/message", { level: "info", data: 1 })}\n\n`;
    socket.write(Buffer.concat([streamHead(), chunk(late), chunk(`event: endpoint\ndata: ${upstream.url}/m\n\n`)]));
  });
  const { url } = await startGateway(upstream.url);
  const client = openClient(url);
  client.send(request("GET /sse HTTP/1.1", "", ["Accept: text/event-stream"]));
  const named = await client.until(() => /event: endpoint\ndata: (.*)\n\n/.exec(streamOf(client))?.[1]);
  expect(named).toBe("/m");
});

test("58 a stream that names a second endpoint is cut off before it", async () => {
  const { client, streams } = await open("/messages?session=N");
  streams[0]?.socket.write(chunk("event: endpoint\ndata: http://evil.example/m\n\n"));
  await client.ended;
  expect(streamOf(client)).toBe("event: endpoint\ndata: /messages?session=1\n\n");
});

test("58 62 two streams with the same ids are never mixed", async () => {
  const { url, client, endpoint, streams } = await open("/messages?session=N");
  const other = await listen(`${url}/sse`);
  expect([endpoint, other.endpoint]).toEqual(["/messages?session=1", "/messages?session=2"]);
  await ask(url, post(endpoint, rpc(1, "tools/list")));
  await ask(url, post(other.endpoint, rpc(1, "tools/call", { name: "a" })));
  const attack = { tools: [{ name: "a", description: ATTACK }] };
  const events = [result(1, attack), result(1, { content: [{ type: "text", text: "fine" }] })];
  for (const [index, { socket }] of streams.entries()) socket.write(chunk(`data: ${events[index]}\n\n`));
  expect(await client.until(() => /\n\ndata: (.*)\n\n/.exec(streamOf(client))?.[1])).toBe(result(1, { tools: [] }));
  expect(await other.client.until(() => /\n\ndata: (.*)\n\n/.exec(streamOf(other.client))?.[1])).toBe(events[1]);
});

test("58 63 a blocked call is answered on the stream, its POST with 202, and the server never sees it", async () => {
  const { url, client, endpoint, upstream } = await open("/messages?session=N");
  const posted = await ask(url, post(endpoint, rpc("x", "tools/call", { name: "a", arguments: { text: ATTACK } })));
  expect([posted.start[1], posted.body.length]).toEqual(["202", 0]);
  const event = await client.until(() => /\nevent: message\ndata: (.*)\n\n$/.exec(streamOf(client))?.[1]);
  expect(JSON.parse(event)).toMatchObject({ jsonrpc: "2.0", id: "x", result: { isError: true } });
  expect(upstream.calls).toHaveLength(1);
});

test("65 a server's request that is blocked is answered where the client would have answered", async () => {
  const { client, upstream, streams } = await open(
    "/messages?session=N",
    "",
    "",
    "detectors: { prompt-injection: block }\n",
  );
  streams[0]?.socket.write(chunk(`data: ${rpc(5, "elicitation/create", { message: ATTACK })}\n\n`));
  while (upstream.calls.length < 2) await wait(5);
  expect(upstream.calls[1]?.start.slice(0, 2)).toEqual(["POST", "/messages?session=1"]);
  expect(JSON.parse(upstream.calls[1]?.body.toString() ?? "")).toEqual({
    jsonrpc: "2.0",
    id: 5,
    result: { action: "decline" },
  });
  expect(streamOf(client)).not.toContain("elicitation");
});

test("58 a stream that has ended takes its address along", async () => {
  const { url, client, endpoint, streams } = await open("/messages?session=N");
  client.socket.destroy();
  await streams[0]?.closed;
  const posted = await ask(url, post(endpoint, rpc("x", "tools/call", { name: "a", arguments: { text: ATTACK } })));
  expect(posted.start[1]).toBe("200");
  expect(JSON.parse(posted.body.toString())).toMatchObject({ id: "x", result: { isError: true } });
});
