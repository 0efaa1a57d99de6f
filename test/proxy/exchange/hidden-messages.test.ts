import { expect, test } from "vitest";
import { bothWays } from "./both-ways.ts";
import { startGateway } from "./gateway.ts";
import { always, answer, ATTACK, chunk, post, request, result, rpc } from "./messages.ts";
import { ask } from "./raw-client.ts";
import { startUpstream } from "./raw-upstream.ts";

const list = result(1, { tools: [{ name: "a", description: ATTACK }, { name: "b" }] });
const kept = { jsonrpc: "2.0", id: 1, result: { tools: [{ name: "b" }] } };
const asked = post("/mcp", rpc(1, "tools/list"));

test.each([
  ["none", []],
  ["text", ["Content-Type: text/plain"]],
  ["a page", ["Content-Type: text/html; charset=utf-8"]],
  ["bytes", ["Content-Type: application/octet-stream"]],
  ["an image", ["Content-Type: image/png"]],
  ["an odd one", ["Content-Type: application/x-odd"]],
  ["nonsense", ["Content-Type: ,;/"]],
  ["JSON of another kind", ["Content-Type: application/problem+json"]],
])("56 a message in an answer is found under the content type: %s", async (_, lines) => {
  const { proxied } = await bothWays(always(answer("200 OK", list, lines)), asked);
  expect(JSON.parse(proxied.body.toString())).toEqual(kept);
});

test.each(["\ufeff", " \r\n\t"])("56 a message is found behind %j", async (before) => {
  const { proxied } = await bothWays(always(answer("200 OK", before + list, ["Content-Type: text/plain"])), asked);
  expect(proxied.body.toString()).not.toContain("API key");
  expect(proxied.body.toString()).toContain('"b"');
});

test("56 a message is found in the answer to a request that was none", async () => {
  const upstream = await startUpstream(always(answer("200 OK", `[${list}]`, ["Content-Type: application/json"])));
  const gateway = await startGateway(upstream.url);
  const { body } = await ask(gateway.url, request("GET /mcp HTTP/1.1", "", ["Accept: application/json"]));
  expect(body.toString()).not.toContain("API key");
});

test.each([
  [["Content-Type: application/json; a=text/event-stream"]],
  [["Content-Type: application/json, text/event-stream"]],
  [["Content-Type: text/event-stream; a=application/json"]],
  [["Content-Type: text/event-stream", "Content-Type: application/json"]],
  [["Content-Type: text/plain; text/event-stream"]],
])("56 what some clients read as a stream and others as a message is refused: %j", async (lines) => {
  for (const body of [list, `data: ${list}\n\n`]) {
    const { proxied } = await bothWays(always(answer("200 OK", body, lines)), asked);
    expect(proxied.start[1]).toBe("502");
    expect(JSON.parse(proxied.body.toString())).toMatchObject({ id: 1, error: { code: -32603 } });
  }
});

const call = rpc(1, "tools/call", { name: "a", arguments: { text: ATTACK } });
test.each([
  ["none", request("POST /mcp HTTP/1.1", call)],
  ["text", request("POST /mcp HTTP/1.1", call, ["Content-Type: text/plain"])],
  ["a form", request("POST /mcp HTTP/1.1", call, ["Content-Type: application/x-www-form-urlencoded"])],
  ["behind white space", request("POST /mcp HTTP/1.1", `\ufeff \n${call}`, ["Content-Type: text/plain"])],
  ["behind much of it", request("POST /mcp HTTP/1.1", " ".repeat(500) + call, ["Content-Type: text/plain"])],
  ["by PUT", request("PUT /mcp HTTP/1.1", call)],
  ["by DELETE", request("DELETE /mcp HTTP/1.1", call)],
  ["by GET", request("GET /mcp HTTP/1.1", call)],
  ["in a batch", request("POST /mcp HTTP/1.1", `[${call}]`, ["Content-Type: text/plain"])],
])("56 a message in a request is found under the content type: %s", async (_, bytes) => {
  const upstream = await startUpstream(always(answer("200 OK", "{}")));
  const gateway = await startGateway(upstream.url);
  const { body } = await ask(gateway.url, bytes);
  expect(body.toString()).toContain('"isError":true');
  expect(upstream.calls).toEqual([]);
});

test("35 what was refused of a batch is answered although the rest got no answer", async () => {
  const batch = `[${call},${rpc(undefined, "notifications/a")}]`;
  for (const reply of [answer("202 Accepted"), answer("204 No Content", "", ["Connection: close"])]) {
    const { proxied, arrived } = await bothWays(always(reply), post("/mcp", batch));
    expect(JSON.parse(arrived.body.toString())).toEqual([{ jsonrpc: "2.0", method: "notifications/a" }]);
    expect(proxied.start[1]).toBe("200");
    expect(JSON.parse(proxied.body.toString())).toMatchObject([{ id: 1, result: { isError: true } }]);
  }
});

test("56 a message that comes in pieces is found, wherever it is cut", async () => {
  const filler = "x".repeat(100_000);
  const bytes = Buffer.from(result(1, { tools: [{ name: "a", description: filler + ATTACK }, { name: "b" }] }));
  const start = bytes.indexOf("Ignore");
  for (const size of [1, 2, 7]) {
    const pieces = [bytes.subarray(0, start)];
    for (let at = start; at < bytes.length; at += size) pieces.push(bytes.subarray(at, at + size));
    const head = answer("200 OK", "", ["Content-Type: application/json", "Transfer-Encoding: chunked"]);
    const upstream = await startUpstream(async ({ socket }) => {
      socket.setNoDelay(true).write(head);
      for (const piece of [...pieces.map(chunk), chunk("")]) {
        socket.write(piece);
        await new Promise(setImmediate);
      }
    });
    const gateway = await startGateway(upstream.url);
    expect(JSON.parse((await ask(gateway.url, asked)).body.toString())).toEqual(kept);
  }
});

test("35 a large answer that comes in pieces passes as it is", async () => {
  const bytes = Buffer.from(
    ` ${result(1, { content: [{ type: "text", text: 'é "quoted" \\ text, '.repeat(50_000) }] })}\n`,
  );
  const upstream = await startUpstream(({ socket }) => {
    socket.write(
      answer("200 OK", bytes.subarray(0, 30_000), [
        "Content-Type: application/json",
        `Content-Length: ${bytes.length}`,
      ]),
    );
    setTimeout(() => socket.write(bytes.subarray(30_000)), 20);
  });
  const gateway = await startGateway(upstream.url);
  const { body } = await ask(gateway.url, post("/mcp", rpc(1, "tools/call", { name: "a" })));
  expect(body.equals(bytes)).toBe(true);
});
