import { isObject } from "../core/json.ts";
import type { Message } from "../core/message.ts";
import type { RoleTree } from "./role-tree.ts";

// https://a2a-protocol.org/latest/specification/

/** Another agent's words, whichever way they travel; a card describes the agent itself. */
export function a2aRoles(message: Message): RoleTree {
  const words: RoleTree = {
    kind: null,
    messageId: null,
    taskId: null,
    contextId: null,
    raw: null,
    "*": "agent-message",
  };
  const isCard = isObject(message.value) && "skills" in message.value;
  return {
    jsonrpc: null,
    id: null,
    method: null,
    params: words,
    result: words,
    error: { code: null, "*": "error-text" },
    "*": isCard ? "agent-card" : "agent-message",
  };
}
