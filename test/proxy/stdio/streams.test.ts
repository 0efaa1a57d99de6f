import { setTimeout as pause } from "node:timers/promises";
import { expect, it } from "vitest";
import { call, EventReader, openSession, rpc, textOf, type Message } from "./http-client.ts";
import { startStdio } from "./start-stdio.ts";

const isRequest = ({ id, method }: Message): boolean => id !== undefined && method !== undefined;

it("33 40 what comes before the answer makes the answer a stream, each event at once", async () => {
  const { url } = await startStdio();
  const session = await openSession(url);
  const response = await session.post(call(1, "progress", { steps: 3, ms: 100 }, { progressToken: "t" }));
  expect(response.headers.get("content-type")).toBe("text/event-stream");
  expect(response.headers.get("x-accel-buffering")).toBe("no");
  const stream = new EventReader(response);
  await stream.message(({ params }) => params?.progress === 1);
  expect(stream.messages()).toHaveLength(1);
  await stream.ended();
  expect(stream.messages().map(({ id, params }) => params?.progress ?? id)).toEqual([1, 2, 3, 1]);
  expect(stream.messages()[0]?.params?.progressToken).toBe("t");
});

it("progress of several calls goes to the stream of its own call", async () => {
  const { url } = await startStdio();
  const session = await openSession(url);
  const streams = await Promise.all(
    [1, "1", 2].map(async (id) => {
      const stream = new EventReader(
        await session.post(call(id, "progress", { steps: 5, ms: 20 }, { progressToken: id })),
      );
      await stream.ended();
      return { id, messages: stream.messages() };
    }),
  );
  for (const { id, messages } of streams) {
    expect(messages.at(-1)?.id).toBe(id);
    expect(messages.slice(0, -1).map(({ params }) => params?.progressToken)).toEqual([id, id, id, id, id]);
  }
});

it("31 a request of the server reaches the open call's stream, and its answer the server", async () => {
  const { url } = await startStdio();
  const session = await openSession(url);
  const params = { messages: [], maxTokens: 1 };
  const stream = new EventReader(await session.post(call(1, "ask", { method: "sampling/createMessage", params })));
  const asked = await stream.message(isRequest);
  // The server counts its own requests: both sides use 1.
  expect(asked).toMatchObject({ id: 1, method: "sampling/createMessage", params });
  const answered = await session.post({ jsonrpc: "2.0", id: 1, result: { role: "assistant" } });
  expect(answered.status).toBe(202);
  await stream.ended();
  expect(textOf(stream.messages().at(-1))).toBe('{"role":"assistant"}');
});

it("what belongs to no call goes to the GET stream, and waits for one", async () => {
  const { url } = await startStdio();
  const session = await openSession(url);
  const changed = '{"jsonrpc":"2.0","method":"notifications/tools/list_changed"}\n';
  const related = await session.post(call(0, "write", { lines: [changed] }));
  expect(await related.text()).toContain("list_changed");
  await session.ask(call(1, "later", { lines: [changed] }));
  await pause(300);
  const stream = await session.get();
  await stream.until(() => stream.messages().length === 1);
  const unrelated = await session.post(call(2, "write", { lines: [changed] }));
  expect(unrelated.headers.get("content-type")).toBe("application/json");
  await stream.until(() => stream.messages().length === 2);
  expect(stream.messages().map(({ method }) => method)).toEqual(Array(2).fill("notifications/tools/list_changed"));
  expect((await session.get()).response.status).toBe(409);
});

it("a request of the server that no stream can take waits for the GET stream", async () => {
  const { url } = await startStdio();
  const session = await openSession(url);
  const stop = new AbortController();
  const asking = session.post(call(1, "wait", { ms: 60_000 }), {}, stop.signal);
  await session.ask(call(2, "later", { ms: 300, lines: ['{"jsonrpc":"2.0","id":"q","method":"ping"}\n'] }));
  stop.abort();
  await expect(asking).rejects.toThrow("aborted");
  await pause(500);
  const stream = await session.get();
  await stream.until(() => stream.messages().length === 1);
  expect(stream.messages()).toEqual([{ jsonrpc: "2.0", id: "q", method: "ping" }]);
});

it("43 a stream that broke off is resumed where it was, with GET and the last event's id", async () => {
  const { url } = await startStdio();
  const session = await openSession(url);
  const stop = new AbortController();
  const first = new EventReader(
    await session.post(call(1, "progress", { steps: 6, ms: 150 }, { progressToken: 1 }), {}, stop.signal),
  );
  await first.message(({ params }) => params?.progress === 2);
  // 2025-11-25: the stream begins with an event that has an id and no data.
  expect(first.events[0]).toMatchObject({ data: "" });
  const last = first.events.findLast(({ data }) => data.includes('"progress":1,'))?.id ?? "";
  stop.abort();
  await pause(400);
  const second = await session.get({ "last-event-id": last });
  await second.ended();
  expect(second.messages().map(({ id, params }) => params?.progress ?? id)).toEqual([2, 3, 4, 5, 6, 1]);
  expect(new Set([...first.events, ...second.events].map(({ id }) => id)).size).toBe(8);
  // The answer was given: there is nothing to come back for.
  const done = await session.get({ "last-event-id": second.events.at(-1)?.id ?? "" });
  expect(done.response.status).toBe(204);
  const again = await session.get({ "last-event-id": first.events[0]?.id ?? "" });
  await again.ended();
  expect(again.messages()).toHaveLength(7);
  expect((await session.get({ "last-event-id": "7-7" })).response.status).toBe(400);
  expect((await session.get({ "last-event-id": "__proto__" })).response.status).toBe(400);
});

it("the GET stream is resumed, too", async () => {
  const { url } = await startStdio();
  const session = await openSession(url);
  const change = (uri: string): Message => rpc(undefined, "notifications/resources/updated", { uri });
  const write = (uri: string): Promise<unknown> =>
    session.ask(call(1, "later", { ms: 1, lines: [`${JSON.stringify(change(uri))}\n`] }));
  const first = await session.get();
  for (const uri of ["a", "b"]) await write(uri);
  await first.until(() => first.messages().length === 2);
  first.close();
  await first.ended();
  await write("c");
  await pause(200);
  const second = await session.get({ "last-event-id": first.events[0]?.id ?? "" });
  await second.until(() => second.messages().length === 2);
  expect(second.messages().map(({ params }) => params?.uri)).toEqual(["b", "c"]);
});

it("a client that goes away does not cancel: the call goes on, and the session", async () => {
  const { url } = await startStdio();
  const session = await openSession(url);
  const stop = new AbortController();
  const asking = session.post(call(1, "wait", { ms: 300 }), {}, stop.signal);
  await pause(100);
  stop.abort();
  await expect(asking).rejects.toThrow("aborted");
  await pause(400);
  expect(textOf(await session.ask(call(2, "received")))).not.toContain("cancelled");
});

it("32 a cancelled call's response ends without an answer, and a late answer still passes", async () => {
  const { url } = await startStdio({ limits: { afterCancel: 400 } });
  const session = await openSession(url);
  const silent = session.post(call(1, "silent"));
  const late = session.post(call(2, "wait", { ms: 200, text: "late" }));
  for (const requestId of [1, 2]) await session.post(rpc(undefined, "notifications/cancelled", { requestId }));
  expect(await (await silent).text()).toBe("");
  expect(await (await late).text()).toContain("late");
  expect(textOf(await session.ask(call(3, "received")))).toContain("notifications/cancelled");
});

it("46 a silent call becomes a stream that shows that it is alive", async () => {
  const { url } = await startStdio({ limits: { keepAlive: 100 } });
  const session = await openSession(url);
  const response = await session.post(call(1, "wait", { ms: 500, text: "done" }));
  expect(response.headers.get("content-type")).toBe("text/event-stream");
  const stream = new EventReader(response);
  await stream.ended();
  expect(stream.text.match(/^: keep-alive$/gm)?.length).toBeGreaterThan(1);
  expect(textOf(stream.messages().at(-1))).toBe("done");
  const listening = await session.get();
  await listening.until(() => listening.text.includes(": keep-alive\n\n: keep-alive\n\n"));
});

it("S29 a server that is silent for too long: the error has the id, the server is told, progress resets the clock", async () => {
  const { url, close, events } = await startStdio({ requestTimeout: 0.4 });
  const session = await openSession(url);
  const progressing = session.post(call(1, "progress", { steps: 6, ms: 150 }, { progressToken: 1 }));
  const response = await session.post(call("s", "silent"));
  expect([response.status, await response.json()]).toMatchObject([504, { id: "s", error: { code: -32603 } }]);
  expect(await (await progressing).text()).toContain('"done"');
  expect(textOf(await session.ask(call(2, "received")))).toContain('\\"requestId\\":\\"s\\"');
  await close();
  expect(events().filter(({ event_type }) => event_type === "upstream_error")).toHaveLength(1);
});
