import { isObject, type JsonValue } from "../core/json.ts";
import type { Message } from "../core/message.ts";
import { cardRoles } from "./a2a/card-roles.ts";
import { classify } from "./a2a/classify.ts";
import { messageRoles } from "./a2a/message-roles.ts";
import { pushRoles } from "./a2a/push-roles.ts";
import type { RoleTree } from "./role-tree.ts";

// https://a2a-protocol.org/latest/specification/ (0.2 to 1.0)

const errorRoles: RoleTree = { code: null, status: null, "*": "error-text" };

/** Another agent's words, whichever way they travel; a card describes the agent itself. */
export function a2aRoles(message: Message): RoleTree {
  const { value } = message;
  const isCardMethod = classify(message.method ?? "")?.kind === "card";
  const body = classify(message.method ?? "")?.kind === "push-config" ? pushRoles : messageRoles;
  if (isObject(value) && !("jsonrpc" in value)) {
    // The HTTP+JSON binding has no envelope.
    if (isCard(value) || (isCardMethod && !("error" in value))) return cardRoles;
    return { ...body, error: errorRoles };
  }
  return {
    jsonrpc: null,
    id: null,
    method: null,
    params: body,
    result: (result) => (isCardMethod || isCard(result) ? cardRoles : listed(result, body)),
    error: errorRoles,
    "*": "agent-message",
  };
}

function listed(value: JsonValue, item: RoleTree): RoleTree {
  return Array.isArray(value) ? { "*": item } : item;
}

/** Recordings hold cards as they were fetched. */
function isCard(value: JsonValue): boolean {
  return isObject(value) && Array.isArray(value["skills"]);
}
