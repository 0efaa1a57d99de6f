import { setTimeout as pause } from "node:timers/promises";
import { expect, it } from "vitest";
import { call, lastMessage, openSession, post, rpc, textOf, type Message, type TestSession } from "./http-client.ts";
import { modern, modernCall, postModern } from "./modern-client.ts";
import { startStdio } from "./start-stdio.ts";

const shared = true;

it("all sessions share one process, which is initialized once", async () => {
  const { url, gateway } = await startStdio({ shared });
  const sessions = await Promise.all(Array.from({ length: 5 }, () => openSession(url)));
  const pids = await Promise.all(sessions.map(async (session) => textOf(await session.ask(call(1, "pid")))));
  expect(new Set(pids).size).toBe(1);
  expect(gateway.childCount()).toBe(1);
  const methods: string[] = JSON.parse(textOf(await (await openSession(url)).ask(call(1, "methods"))));
  expect(methods.filter((method) => method.includes("initialize"))).toEqual([
    "initialize",
    "notifications/initialized",
  ]);
});

it("later sessions get the same welcome under their own id", async () => {
  const { url } = await startStdio({ shared });
  const initialize = (id: unknown): Message =>
    rpc(id, "initialize", { protocolVersion: "2025-06-18", capabilities: {} });
  const answers = await Promise.all(["a", 7].map(async (id) => lastMessage(await post(`${url}/mcp`, initialize(id)))));
  expect(answers.map(({ id }) => id)).toEqual(["a", 7]);
  expect(answers[0]?.result).toEqual(answers[1]?.result);
});

it("20 sessions with the same ids and tokens, answers out of order: nothing is crossed", async () => {
  const { url } = await startStdio({ shared });
  const sessions = await Promise.all(Array.from({ length: 20 }, () => openSession(url)));
  await Promise.all(
    sessions.flatMap((session, index) =>
      [1, "1", 2].map(async (id, each) => {
        const said = `${index} ${each}`;
        const [answer, progress] = await Promise.all([
          session.ask(call(id, "wait", { ms: 60 - index, text: said })),
          session
            .post(call(`p${id}`, "progress", { steps: 2, ms: 10 }, { progressToken: id }))
            .then((response) => response.text()),
        ]);
        expect([answer.id, textOf(answer)]).toEqual([id, said]);
        expect(progress.match(new RegExp(`"progressToken":${JSON.stringify(id)},`, "g"))).toHaveLength(2);
      }),
    ),
  );
});

/** The GET stream of a session and what it was asked. */
async function listening(session: TestSession) {
  const stream = await session.get();
  return { session, stream, asked: () => stream.messages().filter(({ id, method }) => id !== undefined && method) };
}

it("a request of the server is put to the session whose call is open, and only that one can answer", async () => {
  const { url } = await startStdio({ shared });
  const [one, other] = [await listening(await openSession(url)), await listening(await openSession(url))];
  const response = await one.session.post(call(1, "ask", { method: "roots/list" }));
  // The other's answer to a question that it was not asked goes nowhere.
  for (const id of [1, "1"]) await other.session.post({ jsonrpc: "2.0", id, result: { roots: ["forged"] } });
  await other.session.post('{"jsonrpc":"2.0","id":99,"ID":1,"result":{"roots":["forged"]}}');
  await one.session.post({ jsonrpc: "2.0", id: 1, result: { roots: ["mine"] } });
  await one.session.post({ jsonrpc: "2.0", id: 1, result: { roots: ["again"] } });
  expect(await response.text()).toContain("mine");
  expect(other.asked()).toEqual([]);
  const received = textOf(await one.session.ask(call(2, "received")));
  expect(received).not.toContain("forged");
  expect(received).not.toContain("again");
});

it("a request that could be meant for either of two sessions is put to neither", async () => {
  const { url } = await startStdio({ shared });
  const [one, other] = [await listening(await openSession(url)), await listening(await openSession(url))];
  const waiting = other.session.ask(call(1, "wait", { ms: 400 }));
  expect(textOf(await one.session.ask(call(1, "ask", { method: "roots/list" })))).toContain("-32603");
  expect([...one.asked(), ...other.asked()]).toEqual([]);
  expect(textOf(await waiting)).toBe("waited");
});

it("an id in another case cannot reach another session's call", async () => {
  const { url } = await startStdio({ shared });
  const [victim, attacker] = [await openSession(url), await openSession(url)];
  const waiting = victim.ask(call(1, "wait", { ms: 300, text: "mine" }));
  await attacker.post('{"jsonrpc":"2.0","id":5,"ID":3,"Id":3,"method":"tools/call","params":{"name":"echo"}}');
  const lines: string[] = JSON.parse(textOf(await attacker.ask(call(6, "received"))));
  const sent = lines.find((line) => line.includes('"ID"')) ?? "";
  const { id, ID, Id } = JSON.parse(sent);
  expect(new Set([id, ID, Id]).size).toBe(1);
  await attacker.post(rpc(undefined, "notifications/cancelled", { requestId: id - 1 }));
  await attacker.post(rpc(undefined, "notifications/cancelled", { requestId: 1 }));
  expect(textOf(await attacker.ask(call(7, "methods")))).not.toContain("cancelled");
  expect(textOf(await waiting)).toBe("mine");
});

it("cancelling names the call as the server knows it", async () => {
  const { url } = await startStdio({ shared, limits: { afterCancel: 100 } });
  const [one, other] = [await openSession(url), await openSession(url)];
  const [mine, theirs] = [one.post(call(1, "silent")), other.ask(call(1, "wait", { ms: 400, text: "theirs" }))];
  await one.post(rpc(undefined, "notifications/cancelled", { requestId: 1 }));
  expect(await (await mine).text()).toBe("");
  const lines: Message[] = JSON.parse(textOf(await one.ask(call(2, "received")))).map((line: string) =>
    JSON.parse(line),
  );
  const cancelled = lines.filter(({ method }) => method === "notifications/cancelled");
  expect(cancelled.map(({ params }) => params?.requestId)).toEqual([
    lines.find(({ params }) => params?.name === "silent")?.id,
  ]);
  expect(textOf(await theirs)).toBe("theirs");
});

it("what concerns all reaches all sessions; a session that ends takes nothing with it", async () => {
  const { url, gateway } = await startStdio({ shared });
  const all = await Promise.all([1, 2, 3].map(async () => listening(await openSession(url))));
  const [first] = all;
  const silent = first?.session.post(call(1, "silent"));
  await pause(200);
  await fetch(`${url}/mcp`, { method: "DELETE", headers: first?.session.headers ?? {} });
  expect((await silent)?.status).toBe(404);
  const rest = all.slice(1);
  await rest[0]?.session.ask(
    call(1, "later", { lines: ['{"jsonrpc":"2.0","method":"notifications/tools/list_changed"}\n'] }),
  );
  for (const { stream } of rest) await stream.until(() => stream.messages().length === 1);
  expect(gateway.childCount()).toBe(1);
  expect(textOf(await rest[1]?.session.ask(call(9, "methods")))).toContain("notifications/cancelled");
});

it("requests without a session share a process of their own: servers stay with the era they are opened in", async () => {
  const { url, gateway } = await startStdio({ shared, env: { MODERN: "1" } });
  const session = await openSession(url);
  const pids = await Promise.all(
    [1, 2].map(async () => textOf(await lastMessage(await postModern(url, modernCall(1, "pid"))))),
  );
  expect(new Set([...pids, textOf(await session.ask(call(1, "pid")))]).size).toBe(2);
  expect(gateway.childCount()).toBe(2);
});

it("once a server is known to be an early one, it is asked in the process of its sessions", async () => {
  const { url, gateway } = await startStdio({ shared });
  const session = await openSession(url);
  expect((await postModern(url, modern(1, "server/discover"))).status).toBe(404);
  await expect.poll(() => gateway.childCount()).toBe(1);
  expect((await postModern(url, modern(2, "server/discover"))).status).toBe(404);
  expect(textOf(await session.ask(call(1, "methods")))).toContain("server/discover");
  expect(gateway.childCount()).toBe(1);
});

it("when the process dies all sessions end, and the next gets a new one", async () => {
  const { url, gateway } = await startStdio({ shared });
  const [one, other] = [await openSession(url), await openSession(url)];
  const waiting = other.post(call("w", "silent"));
  const died = await one.post(call("d", "die", { signal: "SIGKILL" }));
  expect([died.status, await died.json()]).toMatchObject([502, { id: "d", error: { code: -32603 } }]);
  expect([(await waiting).status, await (await waiting).json()]).toMatchObject([502, { id: "w" }]);
  for (const session of [one, other]) expect((await session.post(rpc(1, "ping"))).status).toBe(404);
  expect(await (await openSession(url)).ask(rpc(1, "ping"))).toMatchObject({ result: {} });
  expect(gateway.childCount()).toBe(1);
});

it("a shared process that nobody uses ends", async () => {
  const { url, gateway } = await startStdio({ shared, limits: { idle: 900 } });
  await openSession(url);
  await expect.poll(() => gateway.childCount(), { timeout: 10_000 }).toBe(0);
});
