import { resolve } from "node:path";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { SSEClientTransport } from "@modelcontextprotocol/sdk/client/sse.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import { expect, it, onTestFinished, vi } from "vitest";
import { runningProxy } from "./proxy/running-proxy.ts";

const server = [process.execPath, resolve("test/fixtures/servers/commanded.mjs")];

/** A connected client's calls; the result is the text of the answer. */
async function connected(transport: Transport): Promise<(name: string, args?: object) => Promise<string>> {
  const client = new Client({ name: "test", version: "1" });
  await client.connect(transport);
  onTestFinished(() => client.close());
  return async (name, args = {}) => {
    const { content } = await client.callTool({ name, arguments: { ...args } });
    const [first] = content as { text: string }[];
    return first?.text ?? "";
  };
}

const overHttp = (url: string) => connected(new StreamableHTTPClientTransport(new URL(`${url}/mcp`)));
const overSse = (url: string, path = "/sse") => connected(new SSEClientTransport(new URL(`${url}${path}`)));
const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

it("offers the command after -- at /mcp and /sse, a process for each session, with its own variables but not the key", async () => {
  const env = { MCPGUARD_API_KEY_FILE: "", SECRET_OF_MINE: "inherited" };
  const { url } = await runningProxy(["--env", "LEVEL=3", "--env", "A=b=c", "--", ...server], { env });
  const [one, other] = [await overHttp(url), await overSse(url)];
  expect(await one("env", { name: "LEVEL" })).toBe("3");
  expect(await one("env", { name: "A" })).toBe("b=c");
  expect(await one("env", { name: "SECRET_OF_MINE" })).toBe("inherited");
  expect(await one("pid")).not.toBe(await other("pid"));
});

it("keeps its key from the servers it starts", async () => {
  const { url } = await runningProxy(
    server.flatMap((word) => ["--cmd", word]),
    { env: { MCPGUARD_API_KEY: "hunter2" } },
  );
  const headers = { authorization: "Bearer hunter2" };
  const transport = new StreamableHTTPClientTransport(new URL(`${url}/mcp`), { requestInit: { headers } });
  const call = await connected(transport);
  expect(await call("env", { name: "MCPGUARD_API_KEY" })).toBe("undefined");
});

it("starts one process for all with --shared, and offers HTTP+SSE where it is told", async () => {
  const paths = ["--sse-path", "/events", "--messages-path", "/post"];
  const { url } = await runningProxy(["--shared", ...paths, "--", ...server]);
  const [one, other] = [await overHttp(url), await overSse(url, "/events")];
  expect(await one("pid")).toBe(await other("pid"));
});

it.each(["SIGTERM", "SIGINT"] as const)(
  "leaves nothing behind after %s, stubborn servers and their children neither",
  async (signal) => {
    const proxy = await runningProxy(["--env", "STUBBORN=1", "--", ...server]);
    const call = await overHttp(proxy.url);
    const pids = [Number(await call("pid")), Number(await call("grandchild"))];
    expect(pids.every(isRunning)).toBe(true);
    const asked = Date.now();
    proxy.process.kill(signal);
    expect(await proxy.ended).toEqual({ code: 0, signal: null });
    expect(Date.now() - asked).toBeLessThan(16_000);
    await vi.waitFor(() => expect(pids.filter(isRunning)).toEqual([]), 2000);
  },
);

it("leaves nothing behind when it is asked twice, either", async () => {
  const proxy = await runningProxy(["--env", "STUBBORN=1", "--", ...server]);
  const call = await overHttp(proxy.url);
  const pids = [Number(await call("pid")), Number(await call("grandchild"))];
  proxy.process.kill("SIGTERM");
  await vi.waitFor(() => expect(proxy.said()).toContain("stopping"));
  proxy.process.kill("SIGTERM");
  expect(await proxy.ended).toEqual({ code: 143, signal: null });
  await vi.waitFor(() => expect(pids.filter(isRunning)).toEqual([]), 8000);
});
