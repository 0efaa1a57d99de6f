import { isObject, type JsonObject, type JsonValue } from "../core/json.ts";
import type { Passage, Role } from "../core/passage.ts";
import { Place } from "./place.ts";
import { below, roleOf, type RoleTree } from "./role-tree.ts";

class PlacedPassage implements Passage {
  readonly role: Role;
  readonly text: string;
  readonly isKey: boolean;
  readonly isDecoded: boolean;
  readonly #place: Place;
  constructor(role: Role, text: string, isKey: boolean, place: Place, isDecoded = false) {
    this.role = role;
    this.text = text;
    this.isKey = isKey;
    this.isDecoded = isDecoded;
    this.#place = place;
  }
  get at(): string {
    return this.#place.pointer;
  }
}

/** An array or object on the way down, and how far it has been read. */
type Frame = {
  value: JsonValue[] | JsonObject;
  /** Undefined for arrays. */
  keys: readonly string[] | undefined;
  tree: RoleTree;
  place: Place;
  parent: Frame | undefined;
  next: number;
};

/** An unknown member that is called so tells a model nothing. */
const plainName = /^[\w$./:-]{1,60}$/;

/**
 * All texts of a message in document order, made one by one as they are asked for: of a large
 * message they would take more memory than the message.
 */
export function readPassages(root: JsonValue, tree: RoleTree): Iterable<Passage> {
  return { [Symbol.iterator]: () => new Walk(root, tree) };
}

/** Iterative, and in memory of the depth only: the sender chooses depth and breadth. */
class Walk implements Iterator<Passage> {
  /** Found at the present step and not yet handed out, the last first. */
  #found: Passage[] = [];
  readonly #seenNames = new Map<Role, Set<string>>();
  #frame: Frame | undefined;

  constructor(root: JsonValue, tree: RoleTree) {
    this.#visit(root, tree, new Place(undefined, ""));
  }

  next(): IteratorResult<Passage, undefined> {
    while (this.#found.length === 0 && this.#frame !== undefined) {
      this.#step(this.#frame);
      this.#found.reverse();
    }
    const value = this.#found.pop();
    return value === undefined ? { done: true, value } : { done: false, value };
  }

  #step(frame: Frame): void {
    const { value, keys, tree, place } = frame;
    if (frame.next === (keys ?? value).length) {
      this.#frame = frame.parent;
      return;
    }
    const step = keys?.[frame.next] ?? frame.next;
    frame.next++;
    const child = Array.isArray(value) ? value[Number(step)] : value[step];
    if (typeof child !== "string" && (typeof child !== "object" || child === null)) return;
    let next = below(tree, String(step), child);
    if (next === "blob" && !isTextBlob(value)) next = null;
    this.#visit(child, next, place.below(step));
  }

  #visit(value: JsonValue, tree: RoleTree, place: Place): void {
    if (typeof value === "string") this.#addText(value, roleOf(tree, value), place);
    if (typeof value !== "object" || value === null) return;
    const keys = Array.isArray(value) ? undefined : Object.keys(value);
    this.#frame = { value, keys, tree, place, parent: this.#frame, next: 0 };
    if (keys === undefined) return;
    this.#addNames(keys, tree, place);
  }

  #addText(text: string, role: Role | "blob" | null, place: Place): void {
    if (text === "" || role === null) return;
    if (role === "blob")
      this.#found.push(new PlacedPassage("resource-content", textOfBase64(text), false, place, true));
    else this.#found.push(new PlacedPassage(role, text, false, place));
  }

  /** A thousand rows with the same columns are one look at each column's name. */
  #addNames(names: readonly string[], tree: RoleTree, place: Place): void {
    if (typeof tree === "function" || tree === null || tree === "blob") return;
    const unknown =
      typeof tree === "object" ? names.filter((name) => !Object.hasOwn(tree, name) && !plainName.test(name)) : names;
    if (unknown.length === 0) return;
    const role = roleOf(tree, "");
    if (role === null || role === "blob") return;
    const seen = this.#seenNames.get(role) ?? new Set();
    this.#seenNames.set(role, seen);
    for (const name of unknown) {
      if (seen.has(name)) continue;
      seen.add(name);
      const here = place.below(name);
      this.#found.push(new PlacedPassage(role, name, here !== place, here));
    }
  }
}

/** MCP has the first, A2A all of them. */
const mediaTypeNames = ["mimeType", "mediaType", "mime_type", "media_type"];

/** A blob without a declared type may well be read as text. */
function isTextBlob(value: JsonValue): boolean {
  const declared = isObject(value) ? mediaTypeNames.map((name) => value[name]).find((type) => type !== undefined) : "";
  return typeof declared !== "string" || !/^(image|audio|video|font)\/|octet-stream|zip|pdf/i.test(declared);
}

function textOfBase64(text: string): string {
  return new TextDecoder().decode(Uint8Array.from(Buffer.from(text, "base64")));
}
