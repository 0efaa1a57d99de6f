import type { IncomingMessage } from "node:http";
import type { JsonValue } from "../../core/json.ts";
import { protocolOf } from "../../protocols/a2a/protocol-of.ts";
import type { UpstreamOptions } from "../proxy-options.ts";
import { jsonRpcBinding, type Binding } from "./binding.ts";

const mcp = jsonRpcBinding("mcp");
const a2a = jsonRpcBinding("a2a");

/** How a request's messages stand in its body, and whether it is one even without a JSON-RPC body. */
export function bindingOf(
  upstream: UpstreamOptions,
  request: IncomingMessage,
  path: string,
  body: JsonValue | undefined,
): { binding: Binding; isMessage: boolean } {
  const [below = "", query = ""] = path.split("?", 2);
  const protocol =
    upstream.protocol ??
    protocolOf({
      httpMethod: request.method ?? "GET",
      path: below,
      query: new URLSearchParams(query),
      header: (name) => single(request.headers[name]),
      body,
    }) ??
    "mcp";
  return { binding: protocol === "a2a" ? a2a : mcp, isMessage: false };
}

function single(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
