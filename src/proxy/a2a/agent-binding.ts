import type { IncomingMessage } from "node:http";
import { stringAt, type JsonObject, type JsonValue } from "../../core/json.ts";
import type { Protocol } from "../../core/session.ts";
import { classify } from "../../protocols/a2a/classify.ts";
import { restRoute, type RestRoute } from "../../protocols/a2a/rest-route.ts";
import { jsonRpcBinding, type Binding } from "../exchange/binding.ts";
import type { AgentSide } from "./agent-side.ts";
import { CardAnswer } from "./card-answer.ts";
import { maybeCardBinding } from "./maybe-card-binding.ts";
import { RestBinding } from "./rest-binding.ts";
import { rpcCardBinding } from "./rpc-card-binding.ts";
import { versionAsked } from "./version-asked.ts";

/** A request to an agent, as far as it decides how its messages are read. */
export type AgentRequest = {
  request: IncomingMessage;
  /** Path and query below the mount. */
  path: string;
  /** Under which origin the client knows the proxy. */
  origin: string;
  /** The request's address at the agent. */
  url(): URL;
  /** The parsed body, where it holds messages of JSON-RPC. */
  value: JsonValue | undefined;
};

/** `value` stands for the message where the body has no envelope. */
export type AgentBinding = { binding: Binding; value: JsonValue | undefined };

const plain = jsonRpcBinding("a2a");

/** How the messages of an A2A request stand in its body and its answer. */
export function agentBinding(agent: AgentSide, asked: AgentRequest): AgentBinding {
  const { request, path, value } = asked;
  const route = restRoute(request.method ?? "GET", path);
  if (route !== undefined) return restBinding(agent, asked, route);
  if (request.method === "GET" && value === undefined) return { binding: maybeCard(agent, asked, "a2a"), value };
  const methods = (Array.isArray(value) ? value : [value]).map((message) => stringAt(message, "method") ?? "");
  const method = methods.find((each) => classify(each)?.kind === "card");
  const binding = method === undefined ? plain : rpcCardBinding(cardAnswer(agent, asked, method, true));
  return { binding, value };
}

/** For a GET that may bring a card, wherever the agent has it. */
export function maybeCard(agent: AgentSide, asked: AgentRequest, protocol: Protocol): Binding {
  const card = cardAnswer(agent, asked, "GetAgentCard", false);
  return maybeCardBinding(protocol, new RestBinding({ method: "GetAgentCard" }, { name: cardForm(asked) }, card));
}

function restBinding(agent: AgentSide, asked: AgentRequest, route: RestRoute): AgentBinding {
  const { method, taskId, configId } = route;
  const isCard = classify(method)?.kind === "card";
  const ids: JsonObject = {
    ...(taskId === undefined ? {} : configId === undefined ? { id: taskId } : { taskId }),
    ...(configId === undefined ? {} : { id: configId }),
  };
  const card = isCard ? cardAnswer(agent, asked, method, false) : undefined;
  const binding = new RestBinding(route, isCard ? { name: cardForm(asked) } : ids, card);
  return { binding, value: { method } };
}

function cardAnswer(agent: AgentSide, asked: AgentRequest, method: string, isAnswer: boolean) {
  const { request, origin } = asked;
  return new CardAnswer(agent, { method, asked: request.headers, origin, url: asked.url(), isAnswer });
}

/** Under what a card is pinned: agents have another one for each revision, tenant and path. */
function cardForm({ request, path }: AgentRequest): string {
  const [below = "", query = ""] = path.split("?", 2);
  const version = versionAsked(request.headers, new URLSearchParams(query));
  if (/^\/\.well-known\/agent-card\.json$/.test(below)) return version;
  // Over HTTP+JSON an extended card has another form than in JSON-RPC.
  const own = below.replace(/^\/(?:v1\/card|extendedAgentCard)$/, "");
  return `HTTP+JSON ${version} ${own.slice(0, 200)}`.trim();
}
