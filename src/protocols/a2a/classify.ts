/** What a method does, whatever it is called. */
export type A2aKind = "send" | "stream" | "get" | "list" | "cancel" | "subscribe" | "push-config" | "card";

export type A2aMethod = {
  /** Its name in revision 1.0; `GetAgentCard` stands for the GET of a well-known card. */
  canonical: string;
  kind: A2aKind;
};

/** Revision 1.0's names, and what 0.2 and 0.3 (and drafts of 1.0) call the same. */
const table: readonly (readonly [canonical: string, kind: A2aKind, ...others: string[]])[] = [
  ["SendMessage", "send", "message/send"],
  ["SendStreamingMessage", "stream", "message/stream"],
  ["GetTask", "get", "tasks/get"],
  ["ListTasks", "list", "tasks/list"],
  ["CancelTask", "cancel", "tasks/cancel"],
  ["SubscribeToTask", "subscribe", "tasks/resubscribe"],
  [
    "CreateTaskPushNotificationConfig",
    "push-config",
    "SetTaskPushNotificationConfig",
    "tasks/pushNotificationConfig/set",
  ],
  ["GetTaskPushNotificationConfig", "push-config", "tasks/pushNotificationConfig/get"],
  [
    "ListTaskPushNotificationConfigs",
    "push-config",
    "ListTaskPushNotificationConfig",
    "tasks/pushNotificationConfig/list",
  ],
  ["DeleteTaskPushNotificationConfig", "push-config", "tasks/pushNotificationConfig/delete"],
  ["GetExtendedAgentCard", "card", "agent/getAuthenticatedExtendedCard", "agent/authenticatedExtendedCard"],
  ["GetAgentCard", "card"],
];

const byName = new Map<string, A2aMethod>(
  table.flatMap(([canonical, kind, ...others]) =>
    [canonical, ...others].map((name): [string, A2aMethod] => [name, { canonical, kind }]),
  ),
);

/** An A2A method by any of its names; undefined for all others. `tasks/get` and its like may be MCP's, too. */
export function classify(method: string): A2aMethod | undefined {
  return byName.get(method);
}

/** Every name of a method, its own first; of a method that A2A does not have, only that one. */
export function namesOf(method: string): string[] {
  const canonical = byName.get(method)?.canonical;
  const row = canonical === undefined ? undefined : table.find(([name]) => name === canonical);
  if (row === undefined) return [method];
  const [, , ...others] = row;
  return [method, ...[row[0], ...others].filter((name) => name !== method)];
}
