import type { JsonObject, JsonValue } from "../../core/json.ts";
import { closingQuote } from "./closing-quote.ts";

/**
 * The value as a parser sees it that keeps the first of duplicate members (JSON.parse keeps the
 * last). Receivers differ, so both readings are inspected. Only for text that JSON.parse accepted.
 */
export function firstWins(text: string): JsonValue {
  const builder = new Builder();
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? "";
    if (character === "{") builder.open({});
    else if (character === "[") builder.open([]);
    else if (character === "}" || character === "]") builder.close();
    else if (character === '"') {
      const end = closingQuote(text, at) + 1;
      builder.addText(stringOf(text.slice(at, end)));
      at = end - 1;
    } else if (!/[\s,:\ufeff]/.test(character)) {
      const literal = literalAt(text, at);
      builder.add(JSON.parse(literal));
      at += literal.length - 1;
    }
  }
  return builder.root;
}

/** A container that is being filled; `key` waits for its value. */
type Open = { container: JsonValue[] | JsonObject; key: string | undefined };

class Builder {
  root: JsonValue = null;
  readonly #open: Open[] = [];

  open(container: JsonValue[] | JsonObject): void {
    this.add(container);
    this.#open.push({ container, key: undefined });
  }

  close(): void {
    this.#open.pop();
  }

  /** A member's name or a value. */
  addText(text: string): void {
    const parent = this.#open.at(-1);
    if (parent === undefined || Array.isArray(parent.container) || parent.key !== undefined) this.add(text);
    else parent.key = text;
  }

  add(value: JsonValue): void {
    const parent = this.#open.at(-1);
    if (parent === undefined) this.root = value;
    else if (Array.isArray(parent.container)) parent.container.push(value);
    else addFirst(parent.container, parent.key ?? "", value);
    if (parent !== undefined) parent.key = undefined;
  }
}

function addFirst(object: JsonObject, key: string, value: JsonValue): void {
  if (Object.hasOwn(object, key)) return;
  // Plain assignment of `__proto__` would set the prototype.
  if (key === "__proto__")
    Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  else object[key] = value;
}

function stringOf(literal: string): string {
  return literal.includes("\\") ? String(JSON.parse(literal)) : literal.slice(1, -1);
}

const literals = /[^\s,\]}]+/y;

function literalAt(text: string, at: number): string {
  literals.lastIndex = at;
  return literals.exec(text)?.[0] ?? "null";
}
