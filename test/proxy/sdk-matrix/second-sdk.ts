import {
  Client,
  SSEClientTransport,
  StreamableHTTPClientTransport,
  type McpSubscription,
} from "@modelcontextprotocol/client";
import { answers, capabilities, type Talk } from "./talk.ts";

/** A client of SDK 2.x; `auto` asks the server which era it is of. */
export async function secondSdk(url: string, transport: "http" | "sse", mode: "legacy" | "auto"): Promise<Talk> {
  const client = new Client({ name: "second", version: "1" }, { capabilities, versionNegotiation: { mode } });
  const heard: Talk["heard"] = [];
  client.fallbackNotificationHandler = async (notification) => void heard.push(notification);
  client.setRequestHandler("sampling/createMessage", ({ method, params }) => {
    heard.push({ method, params });
    return answers.sample(params);
  });
  client.setRequestHandler("elicitation/create", ({ method, params }) => {
    heard.push({ method, params });
    return answers.elicit(params);
  });
  client.setRequestHandler("roots/list", answers.roots);
  const wire =
    transport === "http" ? new StreamableHTTPClientTransport(new URL(url)) : new SSEClientTransport(new URL(url));
  await client.connect(wire);
  const isModern = client.getNegotiatedProtocolVersion() === "2026-07-28";
  let subscription: McpSubscription | undefined;
  return {
    heard,
    facts: () => [
      client.getNegotiatedProtocolVersion(),
      client.getServerVersion(),
      client.getServerCapabilities(),
      client.getInstructions(),
    ],
    listTools: (params) => client.listTools(params),
    callTool: (call, options) => client.callTool(call, options),
    listPrompts: () => client.listPrompts(),
    getPrompt: (params) => client.getPrompt(params),
    listResources: () => client.listResources(),
    listResourceTemplates: () => client.listResourceTemplates(),
    readResource: (params) => client.readResource(params),
    complete: (params) => client.complete(params),
    setLoggingLevel: (level) => client.setLoggingLevel(level),
    ping: () => (isModern ? client.discover() : client.ping()),
    subscribe: async (uri) => {
      if (!isModern) return client.subscribeResource({ uri });
      subscription = await client.listen({ toolsListChanged: true, resourceSubscriptions: [uri] });
      return subscription.honoredFilter;
    },
    unsubscribe: async (uri) => {
      if (!isModern) return client.unsubscribeResource({ uri });
      await subscription?.close();
      return subscription?.closed;
    },
    close: async () => {
      if (wire instanceof StreamableHTTPClientTransport) await wire.terminateSession();
      await client.close();
    },
  };
}
