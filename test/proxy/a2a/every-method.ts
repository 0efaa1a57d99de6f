import { SendMessageRequest, type StreamResponse, type Task, TaskPushNotificationConfig, TaskState } from "@a2a-js/sdk";
import type { Client } from "@a2a-js/sdk/client";

const tenant = "";

export function question(text: string, configuration: object = {}): SendMessageRequest {
  return SendMessageRequest.fromJSON({
    message: { messageId: `m-${text}`, role: "ROLE_USER", parts: [{ text }] },
    configuration,
  });
}

/** What every method of a client leads to, results and errors, in order; ids and times are made equal. */
export async function everyMethod(client: Client, version: "1.0" | "0.3"): Promise<string> {
  const told: Record<string, unknown> = {};
  told["extended card"] = await outcome(client.getAgentCard());
  const sent = await outcome(client.sendMessage(question("Rain?")));
  told["send"] = sent;
  const { id } = sent as Task;
  told["stream"] = await all(client.sendMessageStream(question("Snow?")));
  told["subscribe to nothing"] = await all(client.resubscribeTask({ id: "nothing", tenant }));
  told["get"] = await outcome(client.getTask({ id, tenant, historyLength: 2 }));
  told["get nothing"] = await outcome(client.getTask({ id: "nothing", tenant, historyLength: undefined }));
  told["list"] = version === "1.0" ? await outcome(listed(client)) : "not in 0.3";
  told["cancel what is done"] = await outcome(client.cancelTask({ id, tenant, metadata: undefined }));
  Object.assign(told, await followed(client), await webhooks(client, id));
  return normal(told);
}

const listing = {
  tenant,
  contextId: "",
  status: TaskState.TASK_STATE_UNSPECIFIED,
  pageSize: 10,
  pageToken: "",
  historyLength: undefined,
  statusTimestampAfter: undefined,
  includeArtifacts: true,
};

/** Tasks of the same millisecond come in any order. */
async function listed(client: Client): Promise<unknown> {
  const { tasks, ...rest } = await client.listTasks(listing);
  const words = ({ artifacts }: Task): string => JSON.stringify(artifacts);
  return { ...rest, tasks: tasks.toSorted((one, other) => words(one).localeCompare(words(other))) };
}

/** A task that works until it is cancelled, with a second stream that joins it. */
async function followed(client: Client): Promise<Record<string, unknown>> {
  const stream = client.sendMessageStream(question("wait"));
  const first = await stream.next();
  const payload = first.value?.payload;
  const id = payload?.$case === "task" ? payload.value.id : "";
  const joined = client.resubscribeTask({ id, tenant });
  const begun = await joined.next();
  const rest = Promise.all([all(stream), all(joined)]);
  const cancelled = await outcome(client.cancelTask({ id, tenant, metadata: undefined }));
  return { wait: first.value, subscribe: begun.value, cancel: cancelled, "until the end": await rest };
}

async function webhooks(client: Client, taskId: string): Promise<Record<string, unknown>> {
  const config = TaskPushNotificationConfig.fromJSON({
    taskId,
    id: "hook",
    url: "https://hooks.example.com/a2a?x=1",
    token: "opaque",
  });
  return {
    "set webhook": await outcome(client.createTaskPushNotificationConfig(config)),
    "get webhook": await outcome(client.getTaskPushNotificationConfig({ taskId, id: "hook", tenant })),
    "list webhooks": await outcome(
      client.listTaskPushNotificationConfig({ taskId, tenant, pageSize: 0, pageToken: "" }),
    ),
    "delete webhook": await outcome(client.deleteTaskPushNotificationConfig({ taskId, id: "hook", tenant })),
    "get it again": await outcome(client.getTaskPushNotificationConfig({ taskId, id: "hook", tenant })),
  };
}

async function all(stream: AsyncIterable<StreamResponse>): Promise<unknown> {
  const events: unknown[] = [];
  try {
    for await (const event of stream) events.push(event);
  } catch (error) {
    events.push(failure(error));
  }
  return events;
}

function outcome(call: Promise<unknown>): Promise<unknown> {
  return call.catch(failure);
}

function failure(error: unknown): unknown {
  return error instanceof Error ? { failed: error.name, message: error.message } : { failed: String(error) };
}

/** Ids by the order in which they first occur, and no times. */
function normal(value: unknown): string {
  const seen: string[] = [];
  return JSON.stringify(value, null, 1)
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, (id) => {
      if (!seen.includes(id)) seen.push(id);
      return `id ${seen.indexOf(id)}`;
    })
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "time");
}
