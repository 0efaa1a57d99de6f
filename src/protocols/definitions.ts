import { canonicalForm } from "../core/canonical.ts";
import type { Located } from "../core/detector.ts";
import { isObject, stringAt, valueAt, type JsonObject, type JsonValue } from "../core/json.ts";
import type { Definition, PinKind } from "../core/memory.ts";
import type { Message } from "../core/message.ts";
import { cardDefinitions } from "./a2a/card-definitions.ts";

/** The lists whose items can be left out one by one, and where they stand in a result. */
export const listMembers: Readonly<Record<string, string>> = {
  "tools/list": "tools",
  "prompts/list": "prompts",
  "resources/list": "resources",
  "resources/templates/list": "resourceTemplates",
  GetAgentCard: "skills",
  GetExtendedAgentCard: "skills",
  "agent/getAuthenticatedExtendedCard": "skills",
  "agent/authenticatedExtendedCard": "skills",
};

const pinnedLists: Readonly<Record<string, PinKind>> = { "tools/list": "tool", "prompts/list": "prompt" };

/** The tools, prompts, instructions and agent cards that a message defines, in their canonical form. */
export function definitionsOf(message: Message): Located<Definition>[] {
  const { kind: messageKind, value } = message;
  const cards = cardDefinitions(message);
  if (messageKind !== "response" || cards.length > 0) return cards;
  const method = message.method ?? "";
  const kind = Object.hasOwn(pinnedLists, method) ? pinnedLists[method] : undefined;
  if (kind !== undefined) return listed(kind, listMembers[method] ?? "", value);
  if (method !== "initialize" && method !== "server/discover") return [];
  const instructions = valueAt(value, "result", "instructions");
  if (instructions === undefined || instructions === null) return [];
  return [
    { kind: "instructions", name: "instructions", form: canonicalForm(instructions), at: "/result/instructions" },
  ];
}

function listed(kind: PinKind, member: string, value: JsonValue | undefined): Located<Definition>[] {
  const items = valueAt(value, "result", member);
  if (!Array.isArray(items)) return [];
  const definitions: Located<Definition>[] = [];
  for (const [index, item] of items.entries()) {
    if (!isObject(item)) continue;
    // Without a proper name it is none, but some receiver may show it all the same.
    const name = stringAt(item, "name") ?? canonicalForm(valueAt(item, "name") ?? "");
    definitions.push({ kind, name, form: canonicalForm(item), at: `/result/${member}/${index}` });
  }
  return definitions;
}

/** The tool definitions of a `tools/list` result. */
export function toolsOf(message: Message): JsonObject[] {
  if (message.method !== "tools/list") return [];
  const tools = valueAt(message.value, "result", "tools");
  return Array.isArray(tools) ? tools.filter(isObject) : [];
}
