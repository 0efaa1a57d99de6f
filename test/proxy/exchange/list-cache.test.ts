import { expect, it } from "vitest";
import { startGateway, type Gateway } from "./gateway.ts";
import { json, rpc } from "./messages.ts";
import { startUpstream, type RawUpstream } from "./raw-upstream.ts";

type Listed = { id: unknown; result: { tools: { name: string }[] } };

const tools = [
  { name: "read", inputSchema: { type: "object" } },
  { name: "drop", inputSchema: { type: "object" } },
];

/** An upstream that counts how often it was asked for its list. */
async function lists(extra: object = {}): Promise<RawUpstream> {
  return startUpstream(({ socket, body }) => {
    const { id, method } = JSON.parse(body.toString()) as { id: unknown; method: string };
    const changed = { jsonrpc: "2.0", method: "notifications/tools/list_changed" };
    const answer = { jsonrpc: "2.0", id, result: method === "tools/list" ? { tools, ...extra } : {} };
    socket.write(json(JSON.stringify(method === "change" ? [changed, answer] : answer)));
  });
}

async function ask({ url }: Gateway, body: string, headers: Record<string, string> = {}): Promise<Listed> {
  const response = await fetch(`${url}/mcp`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body,
  });
  return (await response.json()) as Listed;
}

it("a list is kept for as long as the option says, and answers with the caller's own id", async () => {
  const upstream = await lists();
  const gateway = await startGateway(upstream.url, { cacheTtl: 0.5 });
  expect((await ask(gateway, rpc(1, "tools/list"))).id).toBe(1);
  expect(await ask(gateway, rpc("two", "tools/list"))).toEqual({ jsonrpc: "2.0", id: "two", result: { tools } });
  expect(upstream.calls.length).toBe(1);
  await new Promise((resolve) => setTimeout(resolve, 600));
  await ask(gateway, rpc(3, "tools/list"));
  expect(upstream.calls.length).toBe(2);
});

it("without the option nothing is kept", async () => {
  const upstream = await lists();
  const gateway = await startGateway(upstream.url);
  for (const id of [1, 2]) await ask(gateway, rpc(id, "tools/list"));
  expect(upstream.calls.length).toBe(2);
});

it("another page, another login and another session ask anew", async () => {
  const upstream = await lists();
  const gateway = await startGateway(upstream.url, { cacheTtl: 60 });
  await ask(gateway, rpc(1, "tools/list"));
  await ask(gateway, rpc(2, "tools/list", { cursor: "next" }));
  await ask(gateway, rpc(3, "tools/list"), { authorization: "Bearer another" });
  await ask(gateway, rpc(4, "tools/list"), { "x-api-key": "another" });
  await ask(gateway, rpc(5, "tools/list"), { "mcp-session-id": "another" });
  await ask(gateway, rpc(6, "tools/list"), { "x-user": "another" });
  expect(upstream.calls.length).toBe(6);
});

it("what the server calls public is for everybody, and its own lifetime holds where it is shorter", async () => {
  const shared = await lists({ cacheScope: "public" });
  const gateway = await startGateway(shared.url, { cacheTtl: 60 });
  await ask(gateway, rpc(1, "tools/list"));
  await ask(gateway, rpc(2, "tools/list"), { authorization: "Bearer another" });
  expect(shared.calls.length).toBe(1);

  const brief = await lists({ ttlMs: 0 });
  const other = await startGateway(brief.url, { cacheTtl: 60 });
  for (const id of [1, 2]) await ask(other, rpc(id, "tools/list"));
  expect(brief.calls.length).toBe(2);
});

it("a change that the server announces ends what is kept", async () => {
  const upstream = await lists();
  const gateway = await startGateway(upstream.url, { cacheTtl: 60 });
  await ask(gateway, rpc(1, "tools/list"));
  await ask(gateway, rpc(2, "change"));
  await ask(gateway, rpc(3, "tools/list"));
  expect(upstream.calls.length).toBe(3);
});

it("the rules of the moment hold for what is kept", async () => {
  const upstream = await lists();
  const gateway = await startGateway(upstream.url, { cacheTtl: 60 });
  await ask(gateway, rpc(1, "tools/list"));
  gateway.configure("deny: [drop]");
  const { result } = await ask(gateway, rpc(2, "tools/list"));
  expect(result.tools.map(({ name }) => name)).toEqual(["read"]);
  expect(upstream.calls.length).toBe(1);
});

it("a retry with what the server asked for, and an answer that asks for more, are not kept", async () => {
  const upstream = await lists({ resultType: "input_required" });
  const gateway = await startGateway(upstream.url, { cacheTtl: 60 });
  for (const id of [1, 2]) await ask(gateway, rpc(id, "tools/list"));
  expect(upstream.calls.length).toBe(2);
  const plain = await lists();
  const other = await startGateway(plain.url, { cacheTtl: 60 });
  for (const id of [1, 2]) await ask(other, rpc(id, "tools/list", { inputResponses: {}, requestState: "s" }));
  expect(plain.calls.length).toBe(2);
});
