import type { RoleTree } from "../role-tree.ts";

export type Members = { readonly [member: string]: RoleTree };

/** The members under both spellings that receivers of protocol buffers' JSON take: `taskId` and `task_id`. */
export function spelled(members: Members): Members {
  return Object.fromEntries(
    Object.entries(members).flatMap(([name, tree]) => [
      [name, tree],
      [name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), tree],
    ]),
  );
}
