import { isObject, type JsonValue } from "./json.ts";

type Token = { text: string } | { value: JsonValue };

/**
 * One text for all ways of writing the same definition: members sorted, runs of white space in
 * strings folded to one space. Anything else that differs is a difference. Iterative, since
 * a server chooses the depth.
 */
export function canonicalForm(root: JsonValue): string {
  const parts: string[] = [];
  const stack: Token[] = [{ value: root }];
  for (let token = stack.pop(); token !== undefined; token = stack.pop()) {
    if ("text" in token) parts.push(token.text);
    else if (Array.isArray(token.value)) pushArray(stack, token.value);
    else if (isObject(token.value)) pushObject(stack, token.value);
    else parts.push(scalar(token.value));
  }
  return parts.join("");
}

function scalar(value: null | boolean | number | string): string {
  return JSON.stringify(typeof value === "string" ? value.replace(/\s+/g, " ").trim() : value);
}

function pushArray(stack: Token[], items: readonly JsonValue[]): void {
  stack.push({ text: "]" });
  for (let index = items.length - 1; index >= 0; index--) {
    stack.push({ value: items[index] ?? null });
    if (index > 0) stack.push({ text: "," });
  }
  stack.push({ text: "[" });
}

function pushObject(stack: Token[], members: { readonly [key: string]: JsonValue }): void {
  const keys = Object.keys(members).sort();
  stack.push({ text: "}" });
  for (let index = keys.length - 1; index >= 0; index--) {
    const key = keys[index] ?? "";
    stack.push({ value: members[key] ?? null }, { text: `${index > 0 ? "," : ""}${JSON.stringify(key)}:` });
  }
  stack.push({ text: "{" });
}
