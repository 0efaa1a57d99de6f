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

/** Whose absence means the same as `false`; others are set or not set. */
const falseByDefault = new Set(["required", "pkceRequired"]);

/**
 * The texts that a card's signature can be over (RFC 8785): the card as it is, without what means
 * nothing (as the specification wants it), or only the members that 1.0 knows, which is what the
 * official SDKs sign. Empty where a card cannot be written that way.
 */
export function canonicalCards(signed: JsonObject): CanonicalCard[] {
  const { signatures: _, ...card } = signed;
  const names = Object.keys(card);
  const forms: [JsonValue, string[]][] = [
    [card, []],
    [withoutDefaults(card), []],
    [withoutDefaults(only(card)), names.filter((name) => !known.has(name))],
  ];
  const found = new Map<string, CanonicalCard>();
  for (const [form, uncovered] of forms) {
    const text = canonicalText(form);
    if (text !== undefined && !found.has(text)) found.set(text, { text, uncovered });
  }
  return [...found.values()];
}

/** A sender chooses the depth; what is too deep has no signature that counts. */
function canonicalText(form: JsonValue): string | undefined {
  try {
    return written(form);
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

function only(card: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(card).filter(([name]) => known.has(name)));
}

function withoutDefaults(value: JsonValue): JsonValue {
  try {
    return cleaned(value) ?? {};
  } catch {
    return value;
  }
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
