import type { Protocol } from "../../core/session.ts";
import { protocolOf } from "../../protocols/a2a/protocol-of.ts";
import { agentBinding, maybeCard, type AgentBinding, type AgentRequest } from "../a2a/agent-binding.ts";
import type { AgentSide } from "../a2a/agent-side.ts";
import { jsonRpcBinding } from "./binding.ts";

const mcp = jsonRpcBinding("mcp");

/** How a request's messages stand in its body; `value` is the message, or what stands for one. */
export function bindingOf(protocol: Protocol | undefined, agent: AgentSide, asked: AgentRequest): AgentBinding {
  const { request, path, value } = asked;
  const [below = "", query = ""] = path.split("?", 2);
  const spoken =
    protocol ??
    protocolOf({
      httpMethod: request.method ?? "GET",
      path: below,
      query,
      header: (name) => single(request.headers[name]),
      body: value,
    });
  if (spoken === "mcp") return { binding: mcp, value };
  if (spoken === "a2a") return agentBinding(agent, asked);
  const isPlainGet = request.method === "GET" && value === undefined;
  return { binding: isPlainGet ? maybeCard(agent, asked, "mcp") : mcp, value };
}

function single(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
