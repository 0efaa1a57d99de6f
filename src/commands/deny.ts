import { decisionCommand } from "./decide/decision-command.ts";

export const command = decisionCommand("deny", "Deny a pending item: it stays out");
