import { describe, expect, it, onTestFinished } from "vitest";
import { startAgent, type AgentWishes, type TestAgent } from "../../fixtures/a2a-agent/start-agent.ts";
import { startGateway, upstreamAt } from "../exchange/gateway.ts";
import { connect } from "./agent-client.ts";
import { everyMethod } from "./every-method.ts";

const versions = ["1.0", "0.3"] as const;
const bindings = ["JSONRPC", "HTTP+JSON"] as const;
const pairs = versions.flatMap((version) => bindings.map((binding) => [version, binding] as const));

async function agent(wishes: AgentWishes): Promise<TestAgent> {
  const started = await startAgent(wishes);
  onTestFinished(() => started.close());
  return started;
}

describe.each(pairs)("the official client, %s over %s", (version, binding) => {
  it("finds every method behind the gateway as it is without, and never goes past it", async () => {
    const wishes = { versions: [version] };
    const [plain, guarded] = [await agent(wishes), await agent(wishes)];
    const direct = await connect(plain.url, binding);
    const expected = await everyMethod(direct.client, version);
    expect(expected).toContain("You asked: ");

    const gateway = await startGateway(guarded.url);
    const proxied = await connect(gateway.url, binding);
    const found = await everyMethod(proxied.client, version);
    expect(found.replaceAll(gateway.url, "URL")).toBe(withoutGrpc(expected).replaceAll(plain.url, "URL"));

    const origins = new Set(proxied.asked.map(({ origin }) => origin));
    expect([...origins]).toEqual([gateway.url]);
    expect(guarded.seen).toHaveLength(proxied.asked.length);
    expect(guarded.seen.map(({ method, url }) => [method, shape(url)])).toEqual(
      plain.seen.map(({ method, url }) => [method, shape(url)]),
    );
  });

  it("finds the same below a mount, with the agent's own path in front of every interface", async () => {
    const guarded = await agent({ versions: [version] });
    const gateway = await startGateway([upstreamAt(guarded.url, { name: "weather", mount: "/s/weather" })]);
    const { client, asked } = await connect(`${gateway.url}/s/weather`, binding);
    expect(await everyMethod(client, version)).toContain("You asked: ");
    expect(asked.every(({ href }) => href.startsWith(`${gateway.url}/s/weather/`))).toBe(true);
  });
});

it.each(bindings)("tenants keep their paths and parameters over %s", async (binding) => {
  const wishes = { versions: ["1.0"], tenant: "acme & sons" } as const;
  const [plain, guarded] = [await agent(wishes), await agent(wishes)];
  const expected = await everyMethod((await connect(plain.url, binding)).client, "1.0");
  const gateway = await startGateway(guarded.url);
  const found = await everyMethod((await connect(gateway.url, binding)).client, "1.0");
  expect(found.replaceAll(gateway.url, "URL")).toBe(withoutGrpc(expected).replaceAll(plain.url, "URL"));
  if (binding === "HTTP+JSON") expect(guarded.seen.at(-1)?.url).toMatch(/^\/rest\/acme%20%26%20sons\/tasks\//);
});

/** gRPC interfaces cannot be inspected, so callers are not shown them. */
function withoutGrpc(told: string): string {
  return told.replace(/,\s*\{[^{}]*"protocolBinding": "GRPC"[^{}]*\}/g, "");
}

function shape(url: string): string {
  return url.replace(/[0-9a-f-]{36}/g, "ID");
}
