import type { JsonValue } from "../core/json.ts";
import type { Passage, Role } from "../core/passage.ts";
import { below, type RoleTree } from "./role-tree.ts";

/** A place in a message; its pointer is written out only for findings. */
class Place {
  readonly parent: Place | undefined;
  readonly step: string;
  constructor(parent: Place | undefined, step: string) {
    this.parent = parent;
    this.step = step;
  }
}

function pointerOf(leaf: Place): string {
  const steps: string[] = [];
  for (let place = leaf; place.parent !== undefined; place = place.parent) {
    steps.push(place.step.replaceAll("~", "~0").replaceAll("/", "~1"));
  }
  return steps.length === 0 ? "" : `/${steps.reverse().join("/")}`;
}

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
    return pointerOf(this.#place);
  }
}

export type Reading = { passages: Passage[]; memberCount: number };

type Task = { value: JsonValue; tree: RoleTree; place: Place };

/** All texts of a message in document order, and how many members its objects have. Iterative. */
export function readPassages(root: JsonValue, tree: RoleTree): Reading {
  const passages: Passage[] = [];
  const seenKeys = new Set<string>();
  const tasks: Task[] = [{ value: root, tree, place: new Place(undefined, "") }];
  let memberCount = 0;
  for (let task = tasks.pop(); task !== undefined; task = tasks.pop()) {
    const { value, tree: here, place } = task;
    if (typeof value === "string") addText(passages, value, here, place);
    if (typeof value !== "object" || value === null) continue;
    const keys = Object.keys(value);
    if (!Array.isArray(value)) {
      memberCount += keys.length;
      if (typeof here === "string" && here !== "blob") addKeys(passages, seenKeys, keys, here, place);
    }
    for (let index = keys.length - 1; index >= 0; index--) {
      const key = keys[index] ?? "";
      const child = Reflect.get(value, key) as JsonValue;
      const isLeaf = typeof child !== "object" && typeof child !== "string";
      if (isLeaf) continue;
      let next = below(here, key, child);
      if (next === "blob") next = isTextBlob(value) ? "blob" : null;
      tasks.push({ value: child, tree: next, place: new Place(place, key) });
    }
  }
  return { passages, memberCount };
}

function addText(passages: Passage[], text: string, tree: RoleTree, place: Place): void {
  if (text === "" || tree === null || typeof tree === "object" || typeof tree === "function") return;
  if (tree === "blob") passages.push(new PlacedPassage("resource-content", textOfBase64(text), false, place, true));
  else passages.push(new PlacedPassage(tree, text, false, place));
}

/** A thousand rows with the same columns are one look at each column's name. */
function addKeys(passages: Passage[], seen: Set<string>, keys: readonly string[], role: Role, place: Place): void {
  for (const key of keys) {
    if (seen.has(key)) continue;
    seen.add(key);
    passages.push(new PlacedPassage(role, key, true, new Place(place, key)));
  }
}

/** A blob without a declared type may well be read as text. */
function isTextBlob(value: JsonValue): boolean {
  const declared: unknown = typeof value === "object" && value !== null ? Reflect.get(value, "mimeType") : undefined;
  return typeof declared !== "string" || !/^(image|audio|video|font)\/|octet-stream|zip|pdf/i.test(declared);
}

function textOfBase64(text: string): string {
  return new TextDecoder().decode(Uint8Array.from(Buffer.from(text, "base64")));
}
