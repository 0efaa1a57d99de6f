import { describe, expect, test } from "vitest";
import { restRoute } from "../../../src/protocols/a2a/rest-route.ts";

const routes = [
  ["POST", "/message:send", "SendMessage"],
  ["POST", "/message:stream", "SendStreamingMessage"],
  ["GET", "/tasks", "ListTasks"],
  ["GET", "/tasks/t1", "GetTask", "t1"],
  ["POST", "/tasks/t1:cancel", "CancelTask", "t1"],
  ["GET", "/tasks/t1:subscribe", "SubscribeToTask", "t1"],
  ["POST", "/tasks/t1:subscribe", "SubscribeToTask", "t1"],
  ["POST", "/tasks/t1/pushNotificationConfigs", "CreateTaskPushNotificationConfig", "t1"],
  ["GET", "/tasks/t1/pushNotificationConfigs", "ListTaskPushNotificationConfigs", "t1"],
  ["GET", "/tasks/t1/pushNotificationConfigs/c1", "GetTaskPushNotificationConfig", "t1", "c1"],
  ["DELETE", "/tasks/t1/pushNotificationConfigs/c1", "DeleteTaskPushNotificationConfig", "t1", "c1"],
  ["GET", "/extendedAgentCard", "GetExtendedAgentCard"],
] as const;

describe.each(["", "/v1", "/tenant%20one", "/agents/a2a/rest", "/tasks"])("below %j", (prefix) => {
  test.each(routes)("%s %s is %s", (httpMethod, path, method, taskId?: string, configId?: string) => {
    const ids = { ...(taskId === undefined ? {} : { taskId }), ...(configId === undefined ? {} : { configId }) };
    expect(restRoute(httpMethod, prefix + path)).toEqual({ method, ...ids });
  });
});

test.each([
  ["GET", "/.well-known/agent-card.json", "GetAgentCard"],
  ["GET", "/.well-known/agent.json", "GetAgentCard"],
  ["HEAD", "/mounted/.well-known/agent-card.json", "GetAgentCard"],
  ["GET", "/v1/card", "GetExtendedAgentCard"],
])("%s %s is %s", (httpMethod, path, method) => {
  expect(restRoute(httpMethod, path)).toEqual({ method });
});

test.each([
  ["POST", "/Message:Send/", { method: "SendMessage" }],
  ["POST", "//message%3Asend", { method: "SendMessage" }],
  ["POST", "/x/../message:send?a=b", { method: "SendMessage" }],
  ["POST", "/tasks/a%2Fb:cancel", { method: "CancelTask", taskId: "a/b" }],
  ["GET", "/tasks/a:b:c", { method: "GetTask", taskId: "a:b:c" }],
  ["GET", "/tasks/%zz", { method: "GetTask", taskId: "%zz" }],
])("%s %s, written otherwise", (httpMethod, path, route) => {
  expect(restRoute(httpMethod, path)).toEqual(route);
});

test.each([
  ["GET", "/"],
  ["GET", "/message:send"],
  ["PUT", "/tasks/t1"],
  ["GET", "/tasks/t1:cancel"],
  ["POST", "/tasks/t1"],
  ["GET", "/tasks/t1/comments"],
  ["GET", "/tasks/t1/pushNotificationConfigs/c1/more"],
  ["DELETE", "/tasks/t1/pushNotificationConfigs"],
  ["POST", "/mcp"],
  ["GET", "/card"],
])("%s %s is none", (httpMethod, path) => {
  expect(restRoute(httpMethod, path)).toBeUndefined();
});
