import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import {
  CreateMessageRequestSchema,
  ElicitRequestSchema,
  ListRootsRequestSchema,
} from "@modelcontextprotocol/sdk/types.js";
import { temporaryFolder } from "../shim/conversation.ts";

const wrap = fileURLToPath(new URL("../../dist/wrap.cjs", import.meta.url));
const modules = fileURLToPath(new URL("../../node_modules/@modelcontextprotocol/", import.meta.url));

/** What reached the client by itself, in order. */
export type Connected = { client: Client; notifications: { method: string; params?: unknown }[] };

/** The SDK's own client, connected to one of the official servers; with every capability a client can have. */
export async function connect(isGuarded: boolean, home: string, server: string, ...args: string[]): Promise<Connected> {
  const script = `${modules}server-${server}/dist/index.js`;
  const shim = isGuarded ? [wrap, "wrap", "--server", server, "--client", "sdk", "--", process.execPath] : [];
  const capabilities = { sampling: { tools: {} }, elicitation: { form: {}, url: {} }, roots: { listChanged: true } };
  const client = new Client({ name: "sdk", version: "1" }, { capabilities });
  const notifications: Connected["notifications"] = [];
  client.fallbackNotificationHandler = async (notification) => void notifications.push(notification);
  client.setRequestHandler(CreateMessageRequestSchema, ({ params }) => {
    const text = `sampled: ${JSON.stringify(params.messages)}`;
    return { role: "assistant", model: "none", content: { type: "text", text } };
  });
  client.setRequestHandler(ElicitRequestSchema, ({ params }) => {
    return { action: "accept", content: { name: "Ada", check: true, firstLine: params.message.length } };
  });
  client.setRequestHandler(ListRootsRequestSchema, () => ({ roots: [{ uri: "file:///tmp/root", name: "a root" }] }));
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [...shim, script, ...args],
    env: { MCPGUARD_HOME: home, MEMORY_FILE_PATH: join(home, `memory-${String(isGuarded)}.jsonl`) },
    stderr: "ignore",
  });
  await client.connect(transport);
  return { client, notifications };
}

/** The same conversation without and with the shim, each with a server of its own. */
export async function both<T>(
  run: (connected: Connected) => Promise<T>,
  ...server: [string, ...string[]]
): Promise<[direct: T, guarded: T]> {
  const home = temporaryFolder();
  const pair = [await connect(false, home, ...server), await connect(true, home, ...server)] as const;
  try {
    return await Promise.all([run(pair[0]), run(pair[1])]);
  } finally {
    await Promise.all(pair.map(({ client }) => client.close()));
  }
}

/** A result, or what went wrong instead. */
export function outcome(promise: Promise<unknown>): Promise<unknown> {
  return promise.catch((error: unknown) =>
    error instanceof Error ? `${error.name}: ${error.message}` : String(error),
  );
}
