import { stringAt, type JsonValue } from "../core/json.ts";
import type { Message } from "../core/message.ts";
import type { RoleTree } from "./role-tree.ts";

// https://modelcontextprotocol.io/specification/ (revisions 2024-11-05 to 2026-07-28)

const implementation: RoleTree = { version: null, "*": "metadata" };

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

const toolResult: RoleTree = {
  content: content("tool-result"),
  resultType: null,
  inputRequests: inputRequests,
  "*": "tool-result",
};

const promptResult: RoleTree = {
  messages: { "*": { role: null, content: content("prompt"), "*": "prompt" } },
  inputRequests: inputRequests,
  "*": "prompt",
};

const resourceResult: RoleTree = {
  contents: { "*": { text: "resource-content", blob: "blob", mimeType: null, "*": "resource-content" } },
  inputRequests: inputRequests,
  "*": "resource-content",
};

const sampling: RoleTree = {
  messages: { "*": { role: null, content: content("sampling"), "*": "sampling" } },
  tools: { "*": tool },
  "*": "sampling",
};

const params: Readonly<Record<string, RoleTree>> = {
  initialize: { protocolVersion: null, clientInfo: implementation, "*": "metadata" },
  "tools/call": {
    name: "tool-name",
    arguments: "tool-argument",
    inputResponses: "tool-argument",
    requestState: null,
    "*": "metadata",
  },
  "resources/read": { uri: "resource-uri", requestState: null, "*": "metadata" },
  "resources/subscribe": { uri: "resource-uri", "*": "metadata" },
  "resources/unsubscribe": { uri: "resource-uri", "*": "metadata" },
  "prompts/get": { name: "prompt", arguments: "tool-argument", requestState: null, "*": "metadata" },
  "completion/complete": { ref: "metadata", "*": "tool-argument" },
  "sampling/createMessage": sampling,
  "elicitation/create": { mode: null, "*": "elicitation" },
  "notifications/message": { level: null, "*": "tool-result" },
  "notifications/progress": { progressToken: null, "*": "tool-result" },
};

const results: Readonly<Record<string, RoleTree>> = {
  initialize: { protocolVersion: null, instructions: "instructions", serverInfo: implementation, "*": "metadata" },
  "server/discover": {
    supportedVersions: null,
    instructions: "instructions",
    serverInfo: implementation,
    "*": "metadata",
  },
  "tools/list": { tools: { "*": tool }, nextCursor: null, "*": "metadata" },
  "prompts/list": { prompts: { "*": "tool-description" }, nextCursor: null, "*": "metadata" },
  "resources/list": { resources: { "*": "tool-description" }, nextCursor: null, "*": "metadata" },
  "resources/templates/list": { resourceTemplates: { "*": "tool-description" }, nextCursor: null, "*": "metadata" },
  "tools/call": toolResult,
  "tasks/result": toolResult,
  "tasks/get": { result: toolResult, taskId: null, ...toolResult },
  "prompts/get": promptResult,
  "resources/read": resourceResult,
  "sampling/createMessage": { content: content("sampling"), "*": "sampling" },
  "elicitation/create": { action: null, "*": "tool-argument" },
  "roots/list": { roots: "metadata", "*": "metadata" },
};

/** The requests a server puts into a result since 2026-07-28, each under a key of its own. */
function inputRequests(value: JsonValue): RoleTree {
  return typeof value === "object" ? { "*": inputRequest } : "elicitation";
}

function inputRequest(entry: JsonValue): RoleTree {
  return { method: null, params: own(params, stringAt(entry, "method") ?? "") ?? "elicitation" };
}

/** What stands where in a whole message. Unknown methods are read too: as what the model would take them for. */
export function mcpRoles(message: Message, toServer: boolean): RoleTree {
  const unknown: RoleTree = toServer ? "tool-argument" : "tool-result";
  const method = message.method ?? "";
  return {
    jsonrpc: null,
    id: null,
    method: null,
    params: own(params, method) ?? unknown,
    result: own(results, method) ?? unknown,
    error: { code: null, "*": "error-text" },
    "*": unknown,
  };
}

function own(table: Readonly<Record<string, RoleTree>>, method: string): RoleTree | undefined {
  return Object.hasOwn(table, method) ? table[method] : undefined;
}
