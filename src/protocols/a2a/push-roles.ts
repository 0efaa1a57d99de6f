import type { RoleTree } from "../role-tree.ts";
import { spelled, type Members } from "./spelled.ts";

const again = (): RoleTree => pushRoles;
const list: RoleTree = (value) => (Array.isArray(value) ? { "*": again } : pushRoles);

/**
 * Where and how an agent shall report on a task. Its token and credentials are the caller's secrets
 * for the agent: nobody looks at them, so that they reach neither a finding nor the log.
 */
export const pushRoles: Members = {
  ...spelled({
    id: null,
    name: null,
    parent: null,
    taskId: null,
    configId: null,
    tenant: null,
    pageToken: null,
    nextPageToken: null,
    url: "callback-url",
    token: null,
    authentication: null,
    pushNotificationConfig: again,
    taskPushNotificationConfig: again,
    config: again,
    configs: list,
  }),
  "*": "agent-message",
};
