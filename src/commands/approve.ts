import { decisionCommand } from "./decide/decision-command.ts";

export const command = decisionCommand("approve", "Approve a pending item: it takes effect in running sessions");
