import { decisionCommand } from "./decision-command.ts";

export const command = decisionCommand("deny", "Deny a pending item: it stays out");
