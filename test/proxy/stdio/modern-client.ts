import { post, rpc, type Message } from "./http-client.ts";

const meta = "io.modelcontextprotocol/";
export const VERSION = "2026-07-28";
export const SUBSCRIPTION = `${meta}subscriptionId`;

/** A request of 2026-07-28. */
export function modern(id: unknown, method: string, params: Record<string, unknown> = {}, own: object = {}): Message {
  const envelope = { [`${meta}protocolVersion`]: VERSION, [`${meta}clientCapabilities`]: {}, ...own };
  return rpc(id, method, { ...params, _meta: envelope });
}

export function modernCall(id: unknown, name: string, args: object = {}, own: object = {}): Message {
  return modern(id, "tools/call", { name, arguments: args }, own);
}

/** Posts it with the headers that repeat it; `headers` overrides them, with undefined for none. */
export function postModern(
  url: string,
  message: Message,
  headers: Record<string, string | undefined> = {},
  signal?: AbortSignal,
): Promise<Response> {
  const name = message.params?.name ?? message.params?.uri;
  const given = { "mcp-protocol-version": VERSION, "mcp-method": message.method, "mcp-name": name, ...headers };
  const sent = Object.entries(given).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]]));
  return post(`${url}/mcp`, message, Object.fromEntries(sent), signal);
}
