import { expect, it } from "vitest";
import { call, openSession, post, rpc, textOf } from "./http-client.ts";
import { startStdio } from "./start-stdio.ts";

it("36 a session has a process of its own, found by an id that cannot be guessed, until DELETE", async () => {
  const { url, gateway } = await startStdio();
  const [one, other] = [await openSession(url), await openSession(url)];
  expect(one.id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  const pids = [textOf(await one.ask(call(1, "pid"))), textOf(await other.ask(call(1, "pid")))];
  expect(new Set(pids).size).toBe(2);
  expect(gateway.childCount()).toBe(2);
  const ended = await fetch(`${url}/mcp`, { method: "DELETE", headers: one.headers });
  expect(ended.status).toBe(200);
  expect((await one.post(call(2, "pid"))).status).toBe(404);
  expect(textOf(await other.ask(call(2, "pid")))).toBe(pids[1]);
  await expect.poll(() => gateway.childCount()).toBe(1);
  expect(() => process.kill(Number(pids[0]), 0)).toThrow("ESRCH");
});

it("20 sessions with the same ids and answers out of order get their own answers", async () => {
  const { url } = await startStdio();
  const sessions = await Promise.all(Array.from({ length: 20 }, () => openSession(url)));
  const asked = sessions.flatMap((session, index) =>
    [30, 20, 10, 0].map(async (ms, id) => {
      const said = `session ${index} call ${id}`;
      const answer = await session.ask(call(id, "wait", { ms, text: said }));
      expect([answer.id, textOf(answer)]).toEqual([id, said]);
    }),
  );
  await Promise.all(asked);
});

it("the answer alone is JSON, with the id as it was written", async () => {
  const { url } = await startStdio();
  const session = await openSession(url);
  const response = await session.post(
    '{"jsonrpc":"2.0","id":9007199254740993,"method":"tools/call",\n"params":{"name":"received"}}',
  );
  expect(response.headers.get("content-type")).toBe("application/json");
  const text = await response.text();
  expect(JSON.parse(JSON.parse(text).result.content[0].text).at(-1)).toBe(
    '{"jsonrpc":"2.0","id":9007199254740993,"method":"tools/call", "params":{"name":"received"}}',
  );
});

it("S27 what is no request is accepted with 202 and reaches the server", async () => {
  const { url } = await startStdio();
  const session = await openSession(url);
  const note = rpc(undefined, "notifications/roots/list_changed");
  const response = await session.post(note);
  expect([response.status, await response.text()]).toEqual([202, ""]);
  expect(textOf(await session.ask(call(1, "received")))).toContain(JSON.stringify(JSON.stringify(note)).slice(1, -1));
});

it("S27 a batch is answered with a batch, in which refusals stand", async () => {
  const { url } = await startStdio({ config: "deny: [pid]\n" });
  const session = await openSession(url, "2025-03-26");
  const batch = [call("a", "wait", { ms: 20 }), call("b", "pid"), rpc(undefined, "notifications/x"), call("c", "echo")];
  const response = await session.post(batch);
  const answers: { id: string; result: { isError?: boolean } }[] = JSON.parse(await response.text());
  expect(response.status).toBe(200);
  expect(answers.map(({ id }) => id).toSorted()).toEqual(["a", "b", "c"]);
  expect(answers.find(({ id }) => id === "b")?.result.isError).toBe(true);
  const notes = await session.post([rpc(undefined, "notifications/x"), rpc(undefined, "notifications/y")]);
  expect([notes.status, await notes.text()]).toEqual([202, ""]);
  expect((await session.post("[]")).status).toBe(202);
});

it("an unknown method gets the server's own error, at 200", async () => {
  const { url } = await startStdio();
  const session = await openSession(url);
  const response = await session.post(rpc(7, "no/such"));
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({
    jsonrpc: "2.0",
    id: 7,
    error: { code: -32601, message: "Method not found" },
  });
});

it("an id that is in use is answered twice, once each", async () => {
  const { url } = await startStdio();
  const session = await openSession(url);
  const answers = await Promise.all([
    session.ask(call(1, "echo", { text: "a" })),
    session.ask(call(1, "echo", { text: "b" })),
  ]);
  expect(answers.map(textOf).toSorted()).toEqual(["a", "b"]);
});

it("initialize that the server refuses opens no session and leaves no process", async () => {
  const { url, gateway } = await startStdio({ config: "deny: ['method:initialize']\n" });
  const response = await post(`${url}/mcp`, rpc(0, "initialize", { protocolVersion: "2025-11-25", capabilities: {} }));
  expect(response.status).toBe(200);
  expect(response.headers.get("mcp-session-id")).toBeNull();
  expect(await response.json()).toMatchObject({ id: 0, error: {} });
  await expect.poll(() => gateway.childCount()).toBe(0);
});
