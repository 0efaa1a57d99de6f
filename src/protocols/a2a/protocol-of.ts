import { isObject, stringAt, valueAt, type JsonValue } from "../../core/json.ts";
import type { Protocol } from "../../core/session.ts";
import { classify } from "./classify.ts";
import { restRoute } from "./rest-route.ts";

/** What a request shows of the protocol it speaks. */
export type RequestFacts = {
  /** GET, POST … */
  httpMethod: string;
  /** Path below the mount, without the query. */
  path: string;
  query: string;
  /** A header's value by its lower-case name. */
  header(name: string): string | undefined;
  /** The parsed body; undefined where there is none or it is no JSON. */
  body: JsonValue | undefined;
};

const a2aHeaders = ["a2a-version", "a2a-extensions", "x-a2a-extensions"];
const mcpHeaders = ["mcp-session-id", "mcp-protocol-version", "mcp-method"];

const mcpMethod =
  /^(?:(?:tools|resources|prompts|completion|logging|sampling|elicitation|roots|notifications|server|subscriptions)\/|tasks\/(?:result|update)$|(?:initialize|ping)$)/;
/** The methods that both protocols have; their parameters tell them apart. */
const shared = new Set(["tasks/get", "tasks/list", "tasks/cancel"]);
/** Parameters of A2A's `tasks/list`; MCP's has a cursor only. */
const listing = ["contextId", "status", "pageSize", "pageToken", "historyLength", "includeArtifacts", "tenant"];

/**
 * Which protocol a request speaks: what its body calls counts most, then its headers, then its path.
 * Undefined where nothing tells.
 */
export function protocolOf({ httpMethod, path, query, header, body }: RequestFacts): Protocol | undefined {
  const said = bodyProtocol(body);
  if (said !== undefined) return said;
  if (mcpHeaders.some((name) => header(name) !== undefined)) return "mcp";
  if (a2aHeaders.some((name) => header(name) !== undefined) || hasVersionParameter(query)) return "a2a";
  if (/^application\/a2a\+json\b/i.test(header("content-type")?.trim() ?? "")) return "a2a";
  return restRoute(httpMethod, path) === undefined ? undefined : "a2a";
}

/** Of a batch the first message that tells. */
function bodyProtocol(body: JsonValue | undefined): Protocol | undefined {
  for (const message of Array.isArray(body) ? body : [body]) {
    const method = stringAt(message, "method");
    if (method === undefined || !isObject(message)) continue;
    if (mcpMethod.test(method)) return "mcp";
    if (!shared.has(method)) {
      if (classify(method) !== undefined) return "a2a";
      continue;
    }
    const params = valueAt(message, "params");
    if (valueAt(params, "taskId") !== undefined || valueAt(params, "cursor") !== undefined) return "mcp";
    const isA2a = method === "tasks/list" ? listing : ["id", "name"];
    if (isA2a.some((name) => valueAt(params, name) !== undefined)) return "a2a";
  }
  return undefined;
}

function hasVersionParameter(query: string): boolean {
  return [...new URLSearchParams(query).keys()].some((name) => name.toLowerCase() === "a2a-version");
}
