import type { Client } from "@modelcontextprotocol/client";
import { describe, expect, it } from "vitest";
import { startGateway } from "../exchange/gateway.ts";
import { bothEras, connectNext, everything, outcome, timeless } from "./sdk-connections.ts";

const calls: [string, Record<string, unknown>][] = [
  ["test_simple_text", {}],
  ["test_image_content", {}],
  ["test_multiple_content_types", {}],
  ["test_error_handling", {}],
  ["test_elicitation", { message: "who?" }],
  ["test_sampling", { prompt: "write" }],
  ["no-such-tool", {}],
];

async function converse(client: Client): Promise<unknown[]> {
  const said: unknown[] = [client.getServerVersion(), client.getServerCapabilities(), client.getInstructions()];
  said.push(await client.listTools(), await client.listPrompts(), await client.listResources());
  for (const [name, args] of calls) said.push(await outcome(client.callTool({ name, arguments: args })));
  const attempts = [
    client.readResource({ uri: "test://static-text" }),
    client.getPrompt({ name: "test_simple_prompt" }),
  ];
  return timeless([...said, ...(await Promise.all(attempts.map(outcome)))]);
}

async function progress(client: Client): Promise<unknown> {
  const steps: unknown[] = [];
  const call = { name: "test_tool_with_progress", arguments: {} };
  const result = await client.callTool(call, { onprogress: (each) => void steps.push(each) });
  return { steps: steps.slice(0, 2), result };
}

const upstream = { name: "default", mount: "", protocol: undefined, oauth: undefined, keepGrpc: false };

describe.each([false, true])("the SDK's client 2.x, shared: %s", (shared) => {
  it("speaks 2026-07-28 with a server that does", async () => {
    const { url } = await startGateway([{ ...upstream, server: { command: bothEras, env: {}, shared } }]);
    const [direct, proxied] = [await connectNext(bothEras), await connectNext({ url, way: "streamable" })];
    expect(proxied.getNegotiatedProtocolVersion()).toBe("2026-07-28");
    for (const part of [converse, progress]) {
      const [expected, got] = [await part(direct), await part(proxied)];
      expect(got).toEqual(expected);
      expect(JSON.stringify(got)).toContain("text");
    }
  });

  it("falls back to initialize before a server that does not", async () => {
    const { url } = await startGateway([{ ...upstream, server: { command: everything, env: {}, shared } }]);
    for (const way of ["streamable", "sse"] as const) {
      const client = await connectNext({ url, way });
      expect(client.getNegotiatedProtocolVersion()).toBe("2025-11-25");
      const result = await client.callTool({ name: "trigger-elicitation-request", arguments: {} });
      expect(JSON.stringify(result)).toContain("Ada");
    }
  });

  it("many clients at once cancel and subscribe without disturbing each other", async () => {
    const { url } = await startGateway([{ ...upstream, server: { command: bothEras, env: {}, shared } }]);
    const clients = await Promise.all(Array.from({ length: 6 }, () => connectNext({ url, way: "streamable" })));
    const told = await Promise.all(
      clients.map(async (client) => {
        let count = 0;
        client.setNotificationHandler("notifications/tools/list_changed", () => void count++);
        await client.listen({ toolsListChanged: true });
        return () => count;
      }),
    );
    const abort = new AbortController();
    const cancelled = clients.map((client) =>
      outcome(client.callTool({ name: "test_tool_with_logging", arguments: {} }, { signal: abort.signal })),
    );
    abort.abort("enough");
    for (const each of await Promise.all(cancelled)) expect(String(each)).toContain("enough");
    await clients[0]?.callTool({ name: "test_trigger_tool_change", arguments: {} });
    await expect.poll(() => told.map((count) => count())).toEqual(Array(6).fill(1));
    const results = await Promise.all(
      clients.map((client) => client.callTool({ name: "test_simple_text", arguments: {} })),
    );
    expect(new Set(results.map((result) => JSON.stringify(result))).size).toBe(1);
  });
});
