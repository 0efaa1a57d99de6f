import { isObject, type JsonObject, type JsonValue } from "../../core/json.ts";

/** What a card's signature may be over, and which of its members that leaves out. */
export type CanonicalCard = { text: string; uncovered: string[] };

/** Members of revision 1.0's schema. */
const known = new Set([
  "name",
  "description",
  "supportedInterfaces",
  "provider",
  "version",
  "documentationUrl",
  "iconUrl",
  "capabilities",
  "securitySchemes",
  "securityRequirements",
  "defaultInputModes",
  "defaultOutputModes",
  "skills",
]);

/** It reads a card twice before it signs or checks it, and loses these on the way. */
const knownToJs = new Set([...known].filter((name) => name !== "securitySchemes"));

/** Whose absence means the same as `false`; others are set or not set. */
const falseByDefault = new Set(["required", "pkceRequired"]);

/**
 * The texts that a card's signature can be over (RFC 8785): the card as it is, without what means
 * nothing (as the specification wants it), or only the members that a signer's schema has. Empty
 * where a card cannot be written that way.
 */
export function canonicalCards(signed: JsonObject): CanonicalCard[] {
  const { signatures: _, ...card } = signed;
  const found = new Map<string, CanonicalCard>();
  for (const [form, covered] of [
    [() => card, card],
    [() => withoutDefaults(card), card],
    [() => withoutDefaults(only(card, known)), only(card, known)],
    [() => withoutDefaults(only(card, knownToJs)), only(card, knownToJs)],
  ] as const) {
    const text = canonicalText(form);
    const uncovered = Object.keys(card).filter((name) => !Object.hasOwn(covered, name));
    if (text !== undefined && !found.has(text)) found.set(text, { text, uncovered });
  }
  return [...found.values()];
}

/** What the official SDK for JavaScript expects a signature to be over. */
export function cardAsRead(card: JsonObject): string | undefined {
  return canonicalText(() => withoutDefaults(only(card, knownToJs)));
}

/** A sender chooses the depth; what is too deep has no signature that counts. */
function canonicalText(form: () => JsonValue): string | undefined {
  try {
    return written(form());
  } catch {
    return undefined;
  }
}

/** RFC 8785 writes numbers and texts as JavaScript does, and sorts names by their UTF-16 units. */
function written(value: JsonValue): string {
  if (Array.isArray(value)) return `[${value.map(written).join(",")}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const names = Object.keys(value).sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${written(value[name] ?? null)}`).join(",")}}`;
}

function only(card: JsonObject, names: ReadonlySet<string>): JsonObject {
  return Object.fromEntries(Object.entries(card).filter(([name]) => names.has(name)));
}

function withoutDefaults(value: JsonValue): JsonValue {
  return cleaned(value) ?? {};
}

function cleaned(value: JsonValue): JsonValue | undefined {
  if (value === "" || value === null) return undefined;
  if (Array.isArray(value)) {
    const items = value.flatMap((item) => cleaned(item) ?? []);
    return items.length === 0 ? undefined : items;
  }
  if (!isObject(value)) return value;
  const members = Object.entries(value).flatMap(([name, member]): [string, JsonValue][] => {
    const kept = member === false && falseByDefault.has(name) ? undefined : cleaned(member);
    return kept === undefined ? [] : [[name, kept]];
  });
  return members.length === 0 ? undefined : Object.fromEntries(members);
}
