import { isObject, stringAt, type JsonValue } from "../core/json.ts";
import type { Message } from "../core/message.ts";
import type { Role } from "../core/passage.ts";
import type { RoleTree } from "./role-tree.ts";

// https://modelcontextprotocol.io/specification/ (revisions 2024-11-05 to 2026-07-28)

/** Values that are only handed back: whatever they hold, they stay as they are. */
const opaque = {
  taskId: null,
  requestId: null,
  cursor: null,
  nextCursor: null,
  requestState: null,
  progressToken: null,
};

type Members = Readonly<Record<string, RoleTree>>;

/** Members that have their own trees; all others, and a text where an object should stand, are of `role`. */
function part(role: Role, members: Members = {}): Members {
  const trace = { progressToken: null, traceparent: null, tracestate: null, baggage: null };
  const meta = { ...trace, "io.modelcontextprotocol/subscriptionId": null, "*": role };
  return { ...opaque, _meta: meta, ...members, "*": role };
}

const tool: RoleTree = {
  name: "tool-name",
  inputSchema: "tool-schema",
  outputSchema: "tool-schema",
  "*": "tool-description",
};

const content = (text: "tool-result" | "prompt" | "sampling" | "resource-content"): RoleTree => {
  const block: RoleTree = {
    type: null,
    mimeType: null,
    data: null,
    resource: { text: "resource-content", blob: "blob", mimeType: null, "*": text },
    "*": text,
  };
  return (value) => (Array.isArray(value) ? { "*": block } : typeof value === "string" ? text : block);
};

const toolResult = part("tool-result", {
  content: content("tool-result"),
  resultType: null,
  inputRequests,
  task: part("tool-result"),
});

const promptResult = part("prompt", {
  messages: { "*": { role: null, content: content("prompt"), "*": "prompt" } },
  inputRequests,
});

const resourceResult = part("resource-content", {
  contents: { "*": { text: "resource-content", blob: "blob", mimeType: null, "*": "resource-content" } },
  inputRequests,
});

const sampling = part("sampling", {
  messages: { "*": { role: null, content: content("sampling"), "*": "sampling" } },
  tools: { "*": tool },
});

const params: Members = {
  initialize: part("metadata", { protocolVersion: null }),
  "tools/call": part("metadata", {
    name: "tool-name",
    arguments: "tool-argument",
    inputResponses: "tool-argument",
  }),
  "resources/read": part("metadata", { uri: "resource-uri" }),
  "resources/subscribe": part("metadata", { uri: "resource-uri" }),
  "resources/unsubscribe": part("metadata", { uri: "resource-uri" }),
  "prompts/get": part("metadata", { name: "prompt", arguments: "tool-argument" }),
  "completion/complete": part("tool-argument", { ref: "metadata" }),
  "sampling/createMessage": sampling,
  "elicitation/create": part("elicitation", { mode: null }),
  "notifications/message": part("tool-result", { level: null }),
};

const opening = part("metadata", { protocolVersion: null, supportedVersions: null, instructions: "instructions" });

const results: Members = {
  initialize: opening,
  "server/discover": opening,
  "tools/list": part("metadata", { tools: { "*": tool } }),
  "prompts/list": part("metadata", { prompts: "tool-description" }),
  "resources/list": part("metadata", { resources: "tool-description" }),
  "resources/templates/list": part("metadata", { resourceTemplates: "tool-description" }),
  "tools/call": toolResult,
  "tasks/result": toolResult,
  "tasks/get": part("tool-result", { ...toolResult, result: toolResult }),
  "tasks/list": part("tool-result", { tasks: { "*": part("tool-result") } }),
  "prompts/get": promptResult,
  "resources/read": resourceResult,
  "sampling/createMessage": part("sampling", { content: content("sampling") }),
  "elicitation/create": part("tool-argument", { action: null }),
  "roots/list": part("metadata"),
};

/** The requests a server puts into a result since 2026-07-28, each under a key of its own. */
function inputRequests(value: JsonValue): RoleTree {
  return typeof value === "object" ? { "*": inputRequest } : "elicitation";
}

function inputRequest(entry: JsonValue): RoleTree {
  return { method: null, params: own(params, stringAt(entry, "method") ?? "") ?? "elicitation", "*": "elicitation" };
}

/** Since 2025-11-25 an error can ask the user to visit an address. */
function errorData(value: JsonValue): RoleTree {
  return isObject(value) ? { elicitations: "elicitation", "*": "error-text" } : "error-text";
}

const unknownParts = { "tool-argument": part("tool-argument"), "tool-result": part("tool-result") };

/** What stands where in a whole message. Unknown methods are read too: as what the model would take them for. */
export function mcpRoles(message: Message, toServer: boolean): RoleTree {
  const unknown = toServer ? "tool-argument" : "tool-result";
  const method = message.method ?? "";
  return {
    jsonrpc: null,
    id: null,
    method: null,
    params: own(params, method) ?? unknownParts[unknown],
    result: own(results, method) ?? unknownParts[unknown],
    error: { code: null, data: errorData, "*": "error-text" },
    "*": unknown,
  };
}

function own(table: Members, method: string): RoleTree | undefined {
  return Object.hasOwn(table, method) ? table[method] : undefined;
}
