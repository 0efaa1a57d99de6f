import { canonicalForm } from "../../core/canonical.ts";
import type { Located } from "../../core/detector.ts";
import { isObject, stringAt, valueAt, type JsonValue } from "../../core/json.ts";
import type { Definition } from "../../core/memory.ts";
import type { Message } from "../../core/message.ts";
import { classify } from "./classify.ts";

/**
 * The agent card in an answer to one of the methods that fetch it, or recorded by itself. It is
 * pinned under what was asked for, never under what the card calls itself, or an agent could give
 * itself a new name to be seen for the first time. The signatures are no part of the pinned form:
 * some agents sign anew for every caller, and what they sign is the form.
 */
export function cardDefinitions({ kind, method, target, value }: Message): Located<Definition>[] {
  const known = classify(method ?? "");
  if (known?.kind !== "card") return [];
  if (kind === "unknown") return isBareCard(value) ? [definition("agent-card", value, "")] : [];
  if (kind !== "response") return [];
  const card = valueAt(value, "result");
  if (card === undefined) return [];
  const isLegacy = method !== known.canonical;
  const name = known.canonical === "GetAgentCard" ? "agent-card" : `extended-agent-card${isLegacy ? " 0.3" : ""}`;
  return [definition(target === undefined ? name : `${name} ${target}`, card, "/result")];
}

/** `jsonrpc` and `method` make a message of it, which a client would not take for a card. */
export function isBareCard(value: JsonValue | undefined): value is { [key: string]: JsonValue } {
  return isObject(value) && Array.isArray(value["skills"]) && !("jsonrpc" in value) && !("method" in value);
}

function definition(name: string, card: JsonValue, at: string): Located<Definition> {
  return { kind: "agent-card", name, form: canonicalForm(unsigned(card)), at };
}

function unsigned(card: JsonValue): JsonValue {
  if (!isObject(card)) return card;
  const { signatures: _, ...rest } = card;
  return rest;
}

/** The skills that a card offers, by id; without one, by name. */
export function skillsOf(message: Message): { name: string; at: string }[] {
  const skills = cardDefinitions(message).map(({ at }) => ({
    at: `${at}/skills`,
    list: valueAt(message.value, ...(at === "" ? [] : ["result"]), "skills"),
  }));
  return skills.flatMap(({ at, list }) =>
    Array.isArray(list)
      ? list.map((skill, index) => ({
          name: stringAt(skill, "id") ?? stringAt(skill, "name") ?? "",
          at: `${at}/${index}`,
        }))
      : [],
  );
}
