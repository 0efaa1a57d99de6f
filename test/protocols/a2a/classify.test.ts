import { expect, test } from "vitest";
import { classify } from "../../../src/protocols/a2a/classify.ts";

test.each([
  ["message/send", "SendMessage", "send"],
  ["message/stream", "SendStreamingMessage", "stream"],
  ["tasks/get", "GetTask", "get"],
  ["tasks/list", "ListTasks", "list"],
  ["tasks/cancel", "CancelTask", "cancel"],
  ["tasks/resubscribe", "SubscribeToTask", "subscribe"],
  ["tasks/pushNotificationConfig/set", "CreateTaskPushNotificationConfig", "push-config"],
  ["tasks/pushNotificationConfig/get", "GetTaskPushNotificationConfig", "push-config"],
  ["tasks/pushNotificationConfig/list", "ListTaskPushNotificationConfigs", "push-config"],
  ["tasks/pushNotificationConfig/delete", "DeleteTaskPushNotificationConfig", "push-config"],
  ["agent/getAuthenticatedExtendedCard", "GetExtendedAgentCard", "card"],
  ["agent/authenticatedExtendedCard", "GetExtendedAgentCard", "card"],
])("%s of 0.2 and 0.3 is %s of 1.0", (old, canonical, kind) => {
  expect(classify(old)).toEqual({ canonical, kind });
  expect(classify(canonical)).toEqual({ canonical, kind });
});

test.each(["tools/call", "tasks/result", "sendmessage", "constructor", ""])("%j is none", (name) => {
  expect(classify(name)).toBeUndefined();
});
