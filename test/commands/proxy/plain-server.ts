import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { onTestFinished } from "vitest";

export type PlainServer = { url: string; seen: { path: string; headers: IncomingHttpHeaders; body: string }[] };

/** An MCP server that answers every tools/call with the tool's name, `slow` ones after a second; it keeps what it saw. */
export async function plainServer(): Promise<PlainServer> {
  const seen: PlainServer["seen"] = [];
  const server = createServer((request, response) => void answer(request, response, seen));
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

async function answer(request: IncomingMessage, response: ServerResponse, seen: PlainServer["seen"]): Promise<void> {
  let body = "";
  for await (const chunk of request) body += String(chunk);
  seen.push({ path: request.url ?? "", headers: request.headers, body });
  const call: { id?: number; params?: { name?: string } } = body === "" ? {} : JSON.parse(body);
  const name = call.params?.name ?? "";
  if (name === "slow") await sleep(1000);
  const result = { content: [{ type: "text", text: `did ${name}` }] };
  response.setHeader("content-type", "application/json").end(JSON.stringify({ jsonrpc: "2.0", id: call.id, result }));
}

/** Calls a tool through `url` and gives the HTTP status and the text of the answer. */
export async function callTool(
  url: string,
  name: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<{ status: number; text: string; headers: Headers }> {
  const response = await fetch(`${url}/mcp`, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json, text/event-stream", ...headers },
    body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/call", params: { name, arguments: {} } }),
  });
  return { status: response.status, text: await response.text(), headers: response.headers };
}
