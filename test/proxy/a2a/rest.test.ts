import { expect, test } from "vitest";
import { startGateway } from "../exchange/gateway.ts";
import { answering, headers, info, poison, refusalOf, secret } from "./answering.ts";
import { scriptedAgent } from "./scripted-agent.ts";

test("a webhook over HTTP+JSON is refused by its address alone", async () => {
  const agent = await answering([]);
  const gateway = await startGateway(agent.url);
  const post = (url: string): Promise<Response> =>
    fetch(`${gateway.url}/rest/tasks/t/pushNotificationConfigs`, {
      method: "POST",
      headers,
      body: JSON.stringify({ url, token: secret }),
    });
  expect((await post("http://internal/")).status).toBe(403);
  expect((await post("http://public.example.com/")).status).toBe(403);
  const passed = await post("https://public.example.com/");
  expect(passed.status).toBe(200);
  expect(agent.calls).toHaveLength(1);
  expect(agent.calls[0]?.body).toContain(secret);
});

test("versions, extensions and media types pass both ways as they are", async () => {
  const agent = await answering([{ text: "Fine." }]);
  const gateway = await startGateway(agent.url);
  const body = ' {"message" : {"parts":[{"text":"\\u0048i"}], "n":1.0}}';
  const own = {
    "A2A-Version": "1.0",
    "A2A-Extensions": "https://x/ext, https://y",
    "content-type": "application/a2a+json",
  };
  const response = await fetch(`${gateway.url}/rest/t1/message:send?A2A-Version=1.0`, {
    method: "POST",
    headers: own,
    body,
  });
  expect(response.headers.get("a2a-extensions")).toBe("https://x/ext");
  const [call] = agent.calls;
  expect(call).toMatchObject({ url: "/rest/t1/message:send?A2A-Version=1.0", body });
  expect(call?.headers).toMatchObject({
    "a2a-version": "1.0",
    "a2a-extensions": "https://x/ext, https://y",
    "content-type": "application/a2a+json",
  });
});

test("requests without a body pass, whichever method they use", async () => {
  const agent = await answering([{ text: "Fine." }]);
  const gateway = await startGateway(agent.url);
  for (const [method, path] of [
    ["POST", "/rest/tasks/t:cancel"],
    ["POST", "/rest/tasks/t:subscribe"],
    ["GET", "/rest/tasks/t:subscribe"],
    ["GET", "/rest/tasks/t?historyLength=2"],
    ["GET", "/rest/tasks"],
    ["DELETE", "/rest/tasks/t/pushNotificationConfigs/c"],
  ] as const) {
    const response = await fetch(gateway.url + path, { method, headers: { "a2a-version": "1.0" } });
    expect([response.status, await response.text()], path).toEqual([200, expect.stringContaining("Fine.")]);
  }
  expect(agent.calls.map(({ body }) => body)).toEqual(["", "", "", "", "", ""]);
  await gateway.close();
  const methods = gateway.events().flatMap(({ event_type: type, method }) => (type === "message" ? method : []));
  expect(methods).toEqual([
    "CancelTask",
    "SubscribeToTask",
    "SubscribeToTask",
    "GetTask",
    "ListTasks",
    "DeleteTaskPushNotificationConfig",
  ]);
});

test("methods can be denied and limited, also where only the path names them", async () => {
  const agent = await answering([{ text: "Fine." }]);
  const config = "deny: ['method:tasks/cancel']\nrate_limit: 2\nrate_window: 60";
  const gateway = await startGateway(agent.url, { config });
  const cancel = await fetch(`${gateway.url}/rest/tasks/t:cancel`, { method: "POST" });
  expect(await refusalOf(cancel)).toMatchObject({ http: 403, code: 403, details: [info] });
  const statuses: number[] = [];
  for (let index = 0; index < 3; index++) statuses.push((await fetch(`${gateway.url}/rest/tasks/t`)).status);
  expect(statuses).toEqual([200, 200, 429]);
  expect(agent.calls).toHaveLength(2);
});

test("an agent that is gone is told of in the binding's own words", async () => {
  const gateway = await startGateway("http://127.0.0.1:1");
  const rest = await fetch(`${gateway.url}/rest/tasks/t`);
  expect([rest.status, await rest.json()]).toMatchObject([502, { error: { code: 502, status: "UNAVAILABLE" } }]);
  const body = JSON.stringify({ jsonrpc: "2.0", id: 5, method: "SendMessage", params: {} });
  const rpc = await fetch(`${gateway.url}/rpc`, { method: "POST", headers, body });
  expect(await rpc.json()).toMatchObject({ jsonrpc: "2.0", id: 5, error: {} });
});

test("a body that is no JSON goes to the agent as it is, and its answer in text is read", async () => {
  const agent = await scriptedAgent(
    (_, response) => void response.writeHead(400, { "content-type": "text/plain" }).end(poison),
  );
  const gateway = await startGateway(agent.url);
  const response = await fetch(`${gateway.url}/rest/message:send`, { method: "POST", body: "no json" });
  expect(agent.calls[0]?.body).toBe("no json");
  expect(await refusalOf(response)).toMatchObject({ code: 403 });
});
