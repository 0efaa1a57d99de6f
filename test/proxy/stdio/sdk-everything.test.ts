import { describe, expect, it } from "vitest";
import { startGateway } from "../exchange/gateway.ts";
import { connect, everything, outcome, timeless, type Connected, type Way } from "./sdk-connections.ts";

const calls: [string, Record<string, unknown>][] = [
  ["echo", { message: 'ünï 🙂 \u2028 "quoted"' }],
  ["get-sum", { a: 0.1, b: 0.2 }],
  ["get-sum", { a: "not a number" }],
  ["get-tiny-image", {}],
  ["get-structured-content", { location: "New York" }],
  ["get-annotated-message", { messageType: "error", includeImage: true }],
  ["get-resource-links", { count: 3 }],
  ["get-roots-list", {}],
  ["trigger-sampling-request", { prompt: "hello", maxTokens: 10 }],
  ["trigger-elicitation-request", {}],
  ["no-such-tool", {}],
];

async function converse({ client }: Connected): Promise<unknown[]> {
  const said: unknown[] = [client.getServerVersion(), client.getServerCapabilities(), client.getInstructions()];
  said.push(await client.listTools(), await client.listPrompts(), await client.listResources());
  for (const [name, args] of calls) said.push(await outcome(client.callTool({ name, arguments: args })));
  const attempts = [
    client.getPrompt({ name: "args-prompt", arguments: { city: "Oslo", state: "none" } }),
    client.getPrompt({ name: "no-such-prompt" }),
    client.readResource({ uri: "demo://resource/dynamic/text/2" }),
    client.readResource({ uri: "demo://no/such" }),
    client.ping(),
  ];
  return timeless([...said, ...(await Promise.all(attempts.map(outcome)))]);
}

async function progress({ client }: Connected): Promise<unknown> {
  const steps: unknown[] = [];
  const call = { name: "trigger-long-running-operation", arguments: { duration: 0.4, steps: 8 } };
  const result = await client.callTool(call, undefined, { onprogress: (each) => steps.push(each) });
  // The SDK drops the last step where it comes in one piece with the result.
  return { steps: steps.slice(0, 7), result };
}

async function cancel({ client }: Connected): Promise<unknown> {
  const abort = new AbortController();
  const call = { name: "trigger-long-running-operation", arguments: { duration: 5, steps: 5 } };
  const cancelled = outcome(client.callTool(call, undefined, { signal: abort.signal }));
  setTimeout(() => abort.abort("enough"), 100);
  return [await cancelled, await client.callTool({ name: "echo", arguments: { message: "after" } })];
}

async function listen({ client, notifications }: Connected): Promise<unknown> {
  await client.setLoggingLevel("debug");
  await client.subscribeResource({ uri: "demo://resource/dynamic/text/1" });
  await client.callTool({ name: "toggle-simulated-logging", arguments: {} });
  await client.callTool({ name: "toggle-subscriber-updates", arguments: {} });
  while (new Set(notifications.map(({ method }) => method)).size < 2) await new Promise((go) => setTimeout(go, 10));
  return [...new Set(notifications.map(({ method }) => method))].toSorted();
}

const cases: [way: Way, shared: boolean][] = [
  ["streamable", false],
  ["sse", false],
  ["streamable", true],
  ["sse", true],
];

describe.each(cases)("server-everything over %s, shared: %s", (way, shared) => {
  const upstream = { name: "default", mount: "/s/all", protocol: undefined, oauth: undefined, keepGrpc: false };

  it("the SDK's client 1.x gets what it gets from the server itself", async () => {
    const server = { command: everything, env: {}, shared };
    const { url } = await startGateway([{ ...upstream, server }]);
    const [direct, proxied] = [await connect(everything), await connect({ url: `${url}/s/all`, way })];
    for (const part of [converse, progress, cancel, listen]) {
      const [expected, got] = [await part(direct), await part(proxied)];
      expect(got).toEqual(expected);
      expect(JSON.stringify(got).length).toBeGreaterThan(50);
    }
  });
});

it("sessions of both transports end with their clients, and their processes too", async () => {
  const server = { command: everything, env: {}, shared: false };
  const upstream = { name: "default", mount: "", server, protocol: undefined, oauth: undefined, keepGrpc: false };
  const { url, close, events } = await startGateway([upstream]);
  const connected = await Promise.all((["streamable", "sse"] as const).map((way) => connect({ url, way })));
  const metrics = async (): Promise<string | undefined> =>
    /^mcpguard_\w*children\S* (\d+)/m.exec(await (await fetch(`${url}/metrics`)).text())?.[1];
  expect(await metrics()).toBe("2");
  for (const { client } of connected) {
    const { transport } = client;
    if (transport !== undefined && "terminateSession" in transport && typeof transport.terminateSession === "function")
      await transport.terminateSession();
    await client.close();
  }
  await expect.poll(metrics, { timeout: 5000 }).toBe("0");
  await close();
  const types = events().map(({ event_type }) => event_type);
  expect(types.filter((type) => type === "session_end").length).toBeGreaterThanOrEqual(2);
});
