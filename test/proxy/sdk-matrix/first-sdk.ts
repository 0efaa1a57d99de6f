import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { SSEClientTransport } from "@modelcontextprotocol/sdk/client/sse.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import {
  CreateMessageRequestSchema,
  ElicitRequestSchema,
  ListRootsRequestSchema,
} from "@modelcontextprotocol/sdk/types.js";
import { answers, capabilities, type Talk } from "./talk.ts";

/** A client of SDK 1.x. */
export async function firstSdk(url: string, transport: "http" | "sse"): Promise<Talk> {
  const client = new Client({ name: "first", version: "1" }, { capabilities });
  const heard: Talk["heard"] = [];
  client.fallbackNotificationHandler = async (notification) => void heard.push(notification);
  client.setRequestHandler(CreateMessageRequestSchema, ({ method, params }) => {
    heard.push({ method, params });
    return answers.sample(params);
  });
  client.setRequestHandler(ElicitRequestSchema, ({ method, params }) => {
    heard.push({ method, params });
    return answers.elicit(params);
  });
  client.setRequestHandler(ListRootsRequestSchema, answers.roots);
  const wire: Transport =
    transport === "http" ? new StreamableHTTPClientTransport(new URL(url)) : new SSEClientTransport(new URL(url));
  await client.connect(wire);
  return {
    heard,
    facts: () => [client.getServerVersion(), client.getServerCapabilities(), client.getInstructions()],
    listTools: (params) => client.listTools(params),
    callTool: (call, options) => client.callTool(call, undefined, options),
    listPrompts: () => client.listPrompts(),
    getPrompt: (params) => client.getPrompt(params),
    listResources: () => client.listResources(),
    listResourceTemplates: () => client.listResourceTemplates(),
    readResource: (params) => client.readResource(params),
    complete: (params) => client.complete(params),
    setLoggingLevel: (level) => client.setLoggingLevel(level),
    ping: () => client.ping(),
    subscribe: (uri) => client.subscribeResource({ uri }),
    unsubscribe: (uri) => client.unsubscribeResource({ uri }),
    close: async () => {
      if (wire instanceof StreamableHTTPClientTransport) await wire.terminateSession();
      await client.close();
    },
  };
}
