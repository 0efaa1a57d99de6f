/** A request of the HTTP+JSON binding: the method it stands for, by its name in 1.0, and what its path names. */
export type RestRoute = {
  method: string;
  taskId?: string;
  configId?: string;
};

/** Of the segments behind `tasks`: how many there are, and whether the second is the list of webhooks. */
type Shape = "tasks" | "task" | "configs" | "config";

const byShape: Readonly<Record<Shape, Readonly<Record<string, string>>>> = {
  tasks: { GET: "ListTasks" },
  task: { GET: "GetTask" },
  configs: { GET: "ListTaskPushNotificationConfigs", POST: "CreateTaskPushNotificationConfig" },
  config: { GET: "GetTaskPushNotificationConfig", DELETE: "DeleteTaskPushNotificationConfig" },
};

/** What stands behind the colon of a task. The specification has POST for `subscribe`, its .proto file GET. */
const verbs: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  cancel: { POST: "CancelTask" },
  subscribe: { GET: "SubscribeToTask", POST: "SubscribeToTask" },
};

const single: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "message:send": { POST: "SendMessage" },
  "message:stream": { POST: "SendStreamingMessage" },
  extendedagentcard: { GET: "GetExtendedAgentCard" },
};

/**
 * Reads a request of any revision's HTTP+JSON binding: with `/v1` in front (0.3), with a tenant (1.0),
 * or below any other path an interface may have. Agents differ in case, trailing slashes and escapes,
 * so these make no difference here. Undefined where the request is none.
 */
export function restRoute(httpMethod: string, path: string): RestRoute | undefined {
  const verb = httpMethod.toUpperCase() === "HEAD" ? "GET" : httpMethod.toUpperCase();
  const segments = segmentsOf(path);
  return cardRoute(verb, segments) ?? singleRoute(verb, segments) ?? taskRoute(verb, segments);
}

function cardRoute(verb: string, segments: readonly string[]): RestRoute | undefined {
  const [before, last] = segments.slice(-2).map((segment) => segment.toLowerCase());
  if (verb !== "GET") return undefined;
  if (before === ".well-known" && (last === "agent-card.json" || last === "agent.json"))
    return { method: "GetAgentCard" };
  return before === "v1" && last === "card" ? { method: "GetExtendedAgentCard" } : undefined;
}

function singleRoute(verb: string, segments: readonly string[]): RestRoute | undefined {
  const method = own(single, segments.at(-1)?.toLowerCase() ?? "")?.[verb];
  return method === undefined ? undefined : { method };
}

function taskRoute(verb: string, segments: readonly string[]): RestRoute | undefined {
  // An id may be called "tasks", too: the last place that leaves a known shape counts.
  for (let at = segments.length - 1; at >= 0; at--) {
    if (segments[at]?.toLowerCase() !== "tasks") continue;
    const route = taskRouteOf(verb, segments.slice(at + 1));
    if (route !== undefined) return route;
  }
  return undefined;
}

function taskRouteOf(verb: string, [task, list, config, ...more]: readonly string[]): RestRoute | undefined {
  if (more.length > 0 || (list !== undefined && list.toLowerCase() !== "pushnotificationconfigs")) return undefined;
  if (task === undefined) return found(byShape.tasks[verb]);
  if (config !== undefined) return found(byShape.config[verb], { taskId: task, configId: config });
  if (list !== undefined) return found(byShape.configs[verb], { taskId: task });
  const colon = task.lastIndexOf(":");
  const ofVerb = colon === -1 ? undefined : own(verbs, task.slice(colon + 1).toLowerCase());
  return ofVerb === undefined
    ? found(byShape.task[verb], { taskId: task })
    : found(ofVerb[verb], { taskId: task.slice(0, colon) });
}

function found(method: string | undefined, ids: Omit<RestRoute, "method"> = {}): RestRoute | undefined {
  return method === undefined ? undefined : { method, ...ids };
}

/** The decoded segments, without empty ones and dots. */
function segmentsOf(path: string): string[] {
  const segments: string[] = [];
  for (const part of path.split(/[?#]/, 1)[0]?.split("/") ?? []) {
    const segment = decoded(part);
    if (segment === "..") segments.pop();
    else if (segment !== "" && segment !== ".") segments.push(segment);
  }
  return segments;
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function own<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
