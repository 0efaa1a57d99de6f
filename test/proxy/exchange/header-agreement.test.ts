import { expect, test } from "vitest";
import { startGateway, type Gateway } from "./gateway.ts";
import { always, json, post, result, rpc } from "./messages.ts";
import { ask } from "./raw-client.ts";
import { headerOf, type HttpMessage } from "./read-http.ts";
import { startUpstream, type RawUpstream } from "./raw-upstream.ts";

const VERSION = "2026-07-28";
const meta = { "io.modelcontextprotocol/protocolVersion": VERSION };
const schema = {
  type: "object",
  properties: {
    region: { type: "string", "x-mcp-header": "Region" },
    count: { type: "number", "x-mcp-header": "Count" },
    deep: { type: "object", properties: { flag: { type: "boolean", "x-mcp-header": "Flag" } } },
  },
};
const tools = result(1, {
  resultType: "complete",
  tools: [{ name: "find", inputSchema: schema }],
  ttlMs: 1,
  cacheScope: "public",
});

async function start(): Promise<{ upstream: RawUpstream; gateway: Gateway }> {
  const upstream = await startUpstream(always(json(tools)));
  const gateway = await startGateway(upstream.url);
  await ask(gateway.url, call("tools/list", {}, ["Mcp-Method: tools/list"]));
  return { upstream, gateway };
}

function call(method: string, params: object, lines: readonly string[]): Buffer {
  return post("/mcp", rpc("x", method, { ...params, _meta: meta }), [`MCP-Protocol-Version: ${VERSION}`, ...lines]);
}

const find = { name: "find", arguments: { region: "eu-west", count: 3, deep: { flag: true } } };
const agreeing = ["Mcp-Method: tools/call", "Mcp-Name: find", "Mcp-Param-Region: eu-west", "Mcp-Param-Count: 3"];

test.each([
  ["the method", "tools/call", find, ["Mcp-Method: tools/list"]],
  ["the method's case", "tools/call", find, ["Mcp-Method: Tools/Call"]],
  ["the tool", "tools/call", find, ["Mcp-Method: tools/call", "Mcp-Name: other"]],
  ["the tool, encoded", "tools/call", find, [`Mcp-Name: =?base64?${Buffer.from("other").toString("base64")}?=`]],
  ["the prompt", "prompts/get", { name: "p" }, ["Mcp-Name: q"]],
  ["the resource", "resources/read", { uri: "file:///a" }, ["Mcp-Name: file:///etc/passwd"]],
  ["an argument", "tools/call", find, [...agreeing.slice(0, 2), "Mcp-Param-Region: us"]],
  ["a number", "tools/call", find, ["Mcp-Param-Count: 4"]],
  ["an inner argument", "tools/call", find, ["Mcp-Param-Flag: false"]],
  ["two values", "tools/call", find, ["Mcp-Name: find", "Mcp-Name: other"]],
])(
  "38 a request whose header contradicts its body in %s is refused and goes nowhere",
  async (_, method, params, lines) => {
    const { upstream, gateway } = await start();
    const refused = await ask(gateway.url, call(method, params, lines));
    expect(refused.start[1]).toBe("400");
    expect(JSON.parse(refused.body.toString())).toMatchObject({ jsonrpc: "2.0", id: "x", error: { code: -32020 } });
    expect(upstream.calls).toHaveLength(1);
  },
);

test("38 the version in the header must be that of the body", async () => {
  const { upstream, gateway } = await start();
  for (const version of ["2025-11-25", "2026-07-29", ""]) {
    const refused = await ask(
      gateway.url,
      post("/mcp", rpc(1, "ping", { _meta: meta }), [`MCP-Protocol-Version: ${version}`]),
    );
    expect([refused.start[1], JSON.parse(refused.body.toString())]).toMatchObject(["400", { error: { code: -32020 } }]);
  }
  expect(upstream.calls).toHaveLength(1);
});

test.each([
  ["as it is", find, agreeing],
  ["encoded", { name: "é", arguments: {} }, ["Mcp-Name: =?base64?w6k=?="]],
  ["a number written otherwise", find, ["Mcp-Param-Count: 3.0"]],
  ["in other case", find, ["mcp-METHOD: tools/call", "MCP-NAME: find"]],
  ["of nothing known", find, ["Mcp-Param-Odd: 1", "Mcp-Other: 2"]],
  ["none", find, []],
])("37 what agrees passes unchanged: %s", async (_, params, lines) => {
  const { upstream, gateway } = await start();
  await ask(gateway.url, call("tools/call", params, lines));
  const passed = upstream.calls[1]?.headers.map((header) => header.join(": "));
  expect(passed).toEqual(expect.arrayContaining(lines));
});

test("38 before 2026-07-28 headers are nobody's business", async () => {
  const { upstream, gateway } = await start();
  const lines = ["Mcp-Method: tools/list", "Mcp-Name: other", "MCP-Protocol-Version: 2025-11-25"];
  await ask(gateway.url, post("/mcp", rpc(1, "tools/call", find), lines));
  expect(upstream.calls).toHaveLength(2);
});

const secret = "AKIAQ3EGRZ5PXLW7M2KD";
const plain = (value = ""): string =>
  value.replace(/^=\?base64\?(.*)\?=$/, (_, base64: string) => Buffer.from(base64, "base64").toString());
const header = (message: HttpMessage | undefined, name: string): string | undefined =>
  message && headerOf(message, name);

test("39 where an argument is redacted, the header that repeats it follows", async () => {
  const { upstream, gateway } = await start();
  const region = `key ${secret} é`;
  const params = { name: "find", arguments: { region, count: 3 } };
  const encoded = `=?base64?${Buffer.from(region).toString("base64")}?=`;
  const lines = [...agreeing.slice(0, 2), `Mcp-Param-Region: ${encoded}`, "Mcp-Param-Count: 3"];
  await ask(gateway.url, call("tools/call", params, lines));
  const [, arrived] = upstream.calls;
  const body = JSON.parse(arrived?.body.toString() ?? "") as { params: { arguments: { region: string } } };
  expect(body.params.arguments.region).not.toContain(secret);
  expect(plain(header(arrived, "mcp-param-region"))).toBe(body.params.arguments.region);
  expect([header(arrived, "mcp-param-count"), header(arrived, "mcp-name")]).toEqual(["3", "find"]);
});

test("39 also where the proxy has not seen the tool's schema", async () => {
  const upstream = await startUpstream(always(json(result("x", {}))));
  const gateway = await startGateway(upstream.url);
  const params = { name: "find", arguments: { region: secret, other: "kept" } };
  await ask(gateway.url, call("tools/call", params, [`Mcp-Param-Region: ${secret}`, "Mcp-Param-Other: kept"]));
  const [arrived] = upstream.calls;
  const body = JSON.parse(arrived?.body.toString() ?? "") as { params: { arguments: { region: string } } };
  expect(plain(header(arrived, "mcp-param-region"))).toBe(body.params.arguments.region);
  expect(header(arrived, "mcp-param-other")).toBe("kept");
});
