import type { JsonValue } from "../core/json.ts";
import type { Role } from "../core/passage.ts";

/**
 * What the texts below a place in a message are. A role holds for everything below, member names
 * too; a map names members (`*` any other) whose own names say nothing; null skips; `blob` is
 * base64 whose neighbour `mimeType` says whether it is text; a function looks at the value first.
 */
export type RoleTree =
  | Role
  | "blob"
  | null
  | { readonly [member: string]: RoleTree }
  | ((value: JsonValue) => RoleTree);

/** The tree below `member` of a place. */
export function below(tree: RoleTree, member: string, value: JsonValue): RoleTree {
  let next: RoleTree = tree;
  if (typeof tree === "object" && tree !== null)
    next = Object.hasOwn(tree, member) ? (tree[member] ?? null) : (tree["*"] ?? null);
  while (typeof next === "function") next = next(value);
  return next;
}

/** The role of a text, also where the tree expects an object: then it is that of the unnamed members. */
export function roleOf(tree: RoleTree, text: string): Role | "blob" | null {
  let role = tree;
  while (typeof role === "function" || (typeof role === "object" && role !== null)) role = below(role, "*", text);
  return role;
}
