import { expect, it } from "vitest";
import { EventReader, lastMessage, metaOf, rpc, textOf, type Message } from "./http-client.ts";
import { modern, modernCall, postModern, SUBSCRIPTION } from "./modern-client.ts";
import { startStdio } from "./start-stdio.ts";

const env = { MODERN: "1" };

it("a subscription is a stream under its own id, which ends when the server ends it", async () => {
  const { url } = await startStdio({ env });
  const notifications = { toolsListChanged: true };
  const streams = await Promise.all(
    ["listen:0", "listen:0", 3].map(async (id) => {
      const response = await postModern(url, modern(id, "subscriptions/listen", { notifications }));
      return { id, stream: new EventReader(response) };
    }),
  );
  for (const { id, stream } of streams) {
    await stream.until(() => stream.messages().length === 2);
    expect(stream.messages().map((message) => metaOf(message, SUBSCRIPTION))).toEqual([id, id]);
    expect(stream.messages()[0]?.method).toBe("notifications/subscriptions/acknowledged");
  }
  const received = textOf(await lastMessage(await postModern(url, modernCall(1, "received"))));
  const last: Message = JSON.parse(JSON.parse(received).at(-2));
  const end = JSON.stringify(rpc(undefined, "notifications/cancelled", { requestId: last.id }));
  await postModern(url, modernCall(2, "write", { lines: [`${end}\n`] }));
  await expect.poll(() => streams.filter(({ stream }) => stream.isEnd)).toHaveLength(1);
  const graceful = JSON.stringify({
    jsonrpc: "2.0",
    id: JSON.parse(JSON.parse(received).at(-3)).id,
    result: { _meta: {} },
  });
  await postModern(url, modernCall(2, "write", { lines: [`${graceful}\n`] }));
  await expect.poll(() => streams.filter(({ stream }) => stream.isEnd)).toHaveLength(2);
});

it("a decision of a person is told to the subscriptions that want to know", async () => {
  const { url, route } = await startStdio({ env });
  const open = async (notifications: object): Promise<EventReader> => {
    const stream = new EventReader(await postModern(url, modern(4, "subscriptions/listen", { notifications })));
    await stream.until(() => stream.messages().length === 2);
    return stream;
  };
  const [wanting, other] = [await open({ toolsListChanged: true }), await open({ promptsListChanged: true })];
  for (const session of route.sessions) session.listChanged("tool");
  await wanting.until(() => wanting.messages().length === 3);
  expect(wanting.messages()[2]).toEqual({
    jsonrpc: "2.0",
    method: "notifications/tools/list_changed",
    params: { _meta: { [SUBSCRIPTION]: 4 } },
  });
  expect(other.messages()).toHaveLength(2);
});
