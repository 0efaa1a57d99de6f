import type { RoleTree } from "../role-tree.ts";

/** What an agent says about itself: every text and name, except the signatures over them. */
export const cardRoles: RoleTree = { signatures: null, "*": "agent-card" };
