import type { JsonValue } from "../../core/json.ts";
import type { RoleTree } from "../role-tree.ts";
import { pushRoles } from "./push-roles.ts";
import { spelled, type Members } from "./spelled.ts";

/** Values that are only compared or handed back. */
const opaque = spelled({
  id: null,
  kind: null,
  role: null,
  state: null,
  timestamp: null,
  tenant: null,
  messageId: null,
  taskId: null,
  contextId: null,
  artifactId: null,
  referenceTaskIds: null,
  pageToken: null,
  nextPageToken: null,
});

/** Revision 1.0 has `raw`, `url` and `mediaType` in the part itself, 0.2 and 0.3 a `file`. */
const part = spelled({
  kind: null,
  raw: "blob",
  url: "fetched-url",
  file: spelled({
    bytes: "blob",
    fileWithBytes: "blob",
    uri: "fetched-url",
    fileWithUri: "fetched-url",
    "*": "agent-message",
  }),
  data: "agent-message",
  "*": "agent-message",
});

const parts: RoleTree = { "*": part };
const again = (): RoleTree => messageRoles;

/**
 * Messages, tasks, artifacts and what a stream says about them, whatever they are wrapped in. Their
 * members mean the same at every level, so one tree serves all revisions: by member (1.0), by `kind`
 * (0.2, 0.3), and 0.3's other JSON form, in which parts are called `content` and messages `msg`.
 */
export const messageRoles: Members = {
  ...opaque,
  ...spelled({
    parts,
    content: parts,
    // In a bare error of 0.3 it is a text.
    message: (value: JsonValue) => (typeof value === "string" ? "error-text" : messageRoles),
    msg: again,
    task: again,
    tasks: () => ({ "*": messageRoles }),
    status: again,
    update: again,
    statusUpdate: again,
    artifactUpdate: again,
    artifact: again,
    artifacts: () => ({ "*": messageRoles }),
    history: () => ({ "*": messageRoles }),
    configuration: spelled({
      pushNotificationConfig: pushRoles,
      taskPushNotificationConfig: pushRoles,
      pushNotification: pushRoles,
      "*": "agent-message",
    }),
    metadata: "agent-message",
  }),
  "*": "agent-message",
};
