import { fileURLToPath } from "node:url";
import {
  Client as NextClient,
  SSEClientTransport as NextSse,
  StreamableHTTPClientTransport as NextStreamable,
} from "@modelcontextprotocol/client";
import { StdioClientTransport as NextStdio } from "@modelcontextprotocol/client/stdio";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { SSEClientTransport } from "@modelcontextprotocol/sdk/client/sse.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import {
  CreateMessageRequestSchema,
  ElicitRequestSchema,
  ListRootsRequestSchema,
} from "@modelcontextprotocol/sdk/types.js";
import { onTestFinished } from "vitest";

const root = fileURLToPath(new URL("../../../", import.meta.url));
export const everything = [
  process.execPath,
  `${root}node_modules/@modelcontextprotocol/server-everything/dist/index.js`,
] as const;
/** The fixture of the conformance suites, which speaks both eras. */
export const bothEras = [
  process.execPath,
  "--import",
  "tsx",
  `${root}test/fixtures/conformance-server/start-stdio.ts`,
] as const;

export type Way = "streamable" | "sse";

/** What reached the client by itself. */
export type Connected = { client: Client; notifications: { method: string; params?: unknown }[] };

const capabilities = { sampling: { tools: {} }, elicitation: { form: {}, url: {} }, roots: { listChanged: true } };
const sample = ({ params }: { params: { messages: unknown } }) => {
  const text = `sampled: ${JSON.stringify(params.messages)}`;
  return { role: "assistant" as const, model: "none", content: { type: "text" as const, text } };
};
const fill = ({ params }: { params: { message: string } }) => {
  const content = { name: "Ada", check: true, firstLine: params.message.length };
  return { action: "accept" as const, content };
};
const roots = () => ({ roots: [{ uri: "file:///tmp/root", name: "a root" }] });

/** The SDK's client 1.x: to the server itself, or to the proxy before it. */
export async function connect(to: readonly [string, ...string[]] | { url: string; way: Way }): Promise<Connected> {
  const client = new Client({ name: "sdk", version: "1" }, { capabilities });
  const notifications: Connected["notifications"] = [];
  client.fallbackNotificationHandler = async (notification) => void notifications.push(notification);
  client.setRequestHandler(CreateMessageRequestSchema, sample);
  client.setRequestHandler(ElicitRequestSchema, fill);
  client.setRequestHandler(ListRootsRequestSchema, roots);
  await client.connect(transportTo(to));
  onTestFinished(() => client.close());
  return { client, notifications };
}

function transportTo(to: readonly [string, ...string[]] | { url: string; way: Way }) {
  if (!("url" in to)) return new StdioClientTransport({ command: to[0], args: to.slice(1), stderr: "ignore" });
  if (to.way === "sse") return new SSEClientTransport(new URL(`${to.url}/sse`));
  return new StreamableHTTPClientTransport(new URL(`${to.url}/mcp`));
}

/** The SDK's client 2.x, which finds out what the server speaks. */
export async function connectNext(to: readonly [string, ...string[]] | { url: string; way: Way }): Promise<NextClient> {
  const client = new NextClient({ name: "sdk", version: "2" }, { capabilities, versionNegotiation: { mode: "auto" } });
  client.setRequestHandler("sampling/createMessage", sample);
  client.setRequestHandler("elicitation/create", fill);
  client.setRequestHandler("roots/list", roots);
  await client.connect(nextTransportTo(to));
  onTestFinished(() => client.close());
  return client;
}

function nextTransportTo(to: readonly [string, ...string[]] | { url: string; way: Way }) {
  if (!("url" in to)) return new NextStdio({ command: to[0], args: to.slice(1), stderr: "ignore" });
  if (to.way === "sse") return new NextSse(new URL(`${to.url}/sse`));
  return new NextStreamable(new URL(`${to.url}/mcp`));
}

/** A result, or what went wrong instead. */
export function outcome(promise: Promise<unknown>): Promise<unknown> {
  return promise.catch((error: unknown) =>
    error instanceof Error ? `${error.name}: ${error.message}` : String(error),
  );
}

/** Times differ from run to run. */
export function timeless<T>(value: T): T {
  const text = JSON.stringify(value) ?? "null";
  return JSON.parse(text.replaceAll(/\d{1,2}:\d\d:\d\d( [AP]M)?|\d{4}-\d\d-\d\dT[\d:.]+Z/g, "TIME"));
}
