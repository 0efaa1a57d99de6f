import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { connect, outcome, type Connected } from "./sdk-client.ts";

const home = mkdtempSync(join(tmpdir(), "mcpguard-sdk-"));
let pair: readonly Connected[] = [];
beforeAll(async () => {
  pair = await Promise.all([connect(false, home, "everything"), connect(true, home, "everything")]);
});
afterAll(async () => {
  await Promise.all(pair.map(({ client }) => client.close()));
  rmSync(home, { recursive: true, force: true });
});

/** The same conversation without and with the shim. */
function both<T>(run: (connected: Connected) => Promise<T>): Promise<T[]> {
  return Promise.all(pair.map(run));
}

/** Times differ from run to run. */
function timeless<T>(value: T): T {
  const text = JSON.stringify(value) ?? "null";
  return JSON.parse(text.replaceAll(/\d{1,2}:\d\d:\d\d( [AP]M)?|\d{4}-\d\d-\d\dT[\d:.]+Z/g, "TIME"));
}

test("server-everything: capabilities, instructions and every list", async () => {
  const [direct, guarded] = await both(async ({ client }) => {
    const facts = [client.getServerVersion(), client.getServerCapabilities(), client.getInstructions()];
    return [
      ...facts,
      await client.listTools(),
      await client.listPrompts(),
      await client.listResources(),
      await client.listResourceTemplates(),
    ];
  });
  expect(guarded).toEqual(direct);
  expect(JSON.stringify(direct).length).toBeGreaterThan(5000);
});

const calls: [string, Record<string, unknown>][] = [
  ["echo", { message: 'ünï 🙂 \u2028 "quoted"' }],
  ["get-sum", { a: 0.1, b: 0.2 }],
  ["get-sum", { a: "not a number" }],
  ["get-tiny-image", {}],
  ["get-structured-content", { location: "New York" }],
  ["get-annotated-message", { messageType: "error", includeImage: true }],
  ["get-resource-links", { count: 3 }],
  ["get-resource-reference", { resourceType: "Blob", resourceId: 2 }],
  ["get-roots-list", {}],
  ["trigger-sampling-request", { prompt: "hello", maxTokens: 10 }],
  ["trigger-elicitation-request", {}],
  ["no-such-tool", {}],
];

test("server-everything: tools, among them those that ask the client for a sample, a form and its roots", async () => {
  const [direct, guarded] = await both(async ({ client }) => {
    const results: unknown[] = [];
    for (const [name, args] of calls) results.push(await outcome(client.callTool({ name, arguments: args })));
    return timeless(results);
  });
  expect(guarded).toEqual(direct);
  const text = JSON.stringify(guarded);
  for (const part of ["sampled: ", "Ada", "file:///tmp/root", "0.30000000000000004"]) expect(text).toContain(part);
});

test("server-everything: prompts, resources, completion and errors", async () => {
  const [direct, guarded] = await both(async ({ client }) => {
    const ref = { type: "ref/prompt", name: "completable-prompt" } as const;
    const attempts = [
      client.getPrompt({ name: "simple-prompt" }),
      client.getPrompt({ name: "args-prompt", arguments: { city: "Oslo", state: "none" } }),
      client.getPrompt({ name: "no-such-prompt" }),
      client.readResource({ uri: "demo://resource/dynamic/text/1" }),
      client.readResource({ uri: "demo://resource/dynamic/blob/2" }),
      client.readResource({ uri: "demo://no/such" }),
      client.complete({ ref, argument: { name: "department", value: "E" } }),
      client.ping(),
    ];
    return timeless(await Promise.all(attempts.map(outcome)));
  });
  expect(guarded).toEqual(direct);
});

async function progressOf({ client }: Connected): Promise<unknown> {
  const steps: unknown[] = [];
  const call = { name: "trigger-long-running-operation", arguments: { duration: 0.4, steps: 8 } };
  const result = await client.callTool(call, undefined, { onprogress: (progress) => steps.push(progress) });
  // The SDK drops the last step where it comes in one piece with the result, with and without a shim.
  return { steps: steps.slice(0, 7), result };
}

test("server-everything: every step of progress", async () => {
  const [direct, guarded] = await both(progressOf);
  expect(guarded).toEqual(direct);
  expect(guarded).toHaveProperty("steps.length", 7);
});

test("server-everything: a cancelled call ends at once, and the session goes on", async () => {
  const [direct, guarded] = await both(async ({ client }) => {
    const abort = new AbortController();
    const call = { name: "trigger-long-running-operation", arguments: { duration: 5, steps: 5 } };
    const cancelled = outcome(client.callTool(call, undefined, { signal: abort.signal }));
    setTimeout(() => abort.abort("enough"), 100);
    return [await cancelled, await client.callTool({ name: "echo", arguments: { message: "after" } })];
  });
  expect(guarded).toEqual(direct);
  expect(JSON.stringify(guarded)).toContain("after");
});

test("server-everything: log messages at the chosen level, and updates of what is subscribed", async () => {
  const [direct, guarded] = await both(async ({ client, notifications }) => {
    await client.setLoggingLevel("debug");
    await client.subscribeResource({ uri: "demo://resource/dynamic/text/1" });
    await client.callTool({ name: "toggle-simulated-logging", arguments: {} });
    await client.callTool({ name: "toggle-subscriber-updates", arguments: {} });
    while (notifications.length < 2) await new Promise((resolve) => setTimeout(resolve, 10));
    await client.unsubscribeResource({ uri: "demo://resource/dynamic/text/1" });
    return notifications
      .map(({ method }) => method)
      .slice(0, 2)
      .sort();
  });
  expect(guarded).toEqual(direct);
});
