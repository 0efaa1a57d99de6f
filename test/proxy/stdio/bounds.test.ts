import { createHash } from "node:crypto";
import { connect } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { expect, it, onTestFinished } from "vitest";
import { childLog } from "../../../src/proxy/stdio/child-log.ts";
import { call, EventReader, openSession, rpc, textOf } from "./http-client.ts";
import { startStdio } from "./start-stdio.ts";

const MB = 1024 * 1024;

it("garbage, blank lines, CRLF, a byte order mark and other people's ids disturb nobody", async () => {
  const { url, close, events } = await startStdio();
  const session = await openSession(url);
  const answer = '{"jsonrpc":"2.0","id":"crlf","result":{"text":"\\u0041"}}';
  const waiting = session.post(call("crlf", "silent"));
  const marked = session.post(call("bom", "silent"));
  await pause(100);
  const lines = [
    "Starting server...\n",
    "\n",
    " \r\n",
    '{"jsonrpc":"2.0","id":1,"result":{\n',
    "42\n",
    "[]\n",
    '{"jsonrpc":"2.0","id":"unknown","result":{}}\n',
    '{"jsonrpc":"2.0","id":null,"error":{"code":1,"message":"who?"}}\n',
    "\u0000\u001b[31m\n",
    `${answer}\r\n`,
    '\ufeff{"jsonrpc":"2.0","id":"bom","result":{}}\n',
  ];
  expect(textOf(await session.ask(call(2, "write", { lines })))).toBe("written");
  expect(await (await waiting).text()).toBe(answer);
  expect(await (await marked).json()).toMatchObject({ id: "bom" });
  await close();
  const rules = events().map(({ rule }) => rule);
  expect(rules).toContain("not-json");
  expect(rules).toContain("uncorrelated-response");
});

it("a batch from the server is taken apart", async () => {
  const { url } = await startStdio();
  const session = await openSession(url, "2025-03-26");
  const waiting = ["a", "b"].map((id) => session.post(call(id, "silent")));
  await pause(100);
  const batch = ["a", "b"].map((id) => ({ jsonrpc: "2.0", id, result: { for: id } }));
  const note = { jsonrpc: "2.0", method: "notifications/message", params: { level: "info", data: "x" } };
  await session.ask(call(1, "write", { lines: [`${JSON.stringify([note, ...batch])}\n`] }));
  const answers = await Promise.all(waiting.map(async (response) => (await response).text()));
  expect(answers.map((text) => ["a", "b"].find((id) => text.includes(`{"for":"${id}"}`)))).toEqual(["a", "b"]);
});

it("results of 5 MB pass unchanged, as JSON and as an event", async () => {
  const { url } = await startStdio();
  const session = await openSession(url);
  const json = textOf(await session.ask(call(1, "big", { bytes: 5 * MB })));
  expect(json.length).toBe(5 * MB);
  const wire = createHash("sha256").update(json).digest("hex");
  expect(wire).toBe(
    createHash("sha256")
      .update("x".repeat(5 * MB))
      .digest("hex"),
  );
  const shared = await openSession((await startStdio({ shared: true, limits: { keepAlive: 1 } })).url);
  expect(textOf(await shared.ask(call(1, "big", { bytes: 5 * MB }))).length).toBe(5 * MB);
});

it("a message above max_inspect_size is read in windows and passes; a shared server's is refused", async () => {
  const config = "max_inspect_size: 1048576\n";
  const { url, close, events } = await startStdio({ config });
  const session = await openSession(url);
  expect(textOf(await session.ask(call(1, "big", { bytes: 3 * MB }))).length).toBe(3 * MB);
  const died = await session.post(call(2, "big", { bytes: 5 * MB }));
  expect([died.status, await died.json()]).toMatchObject([502, { id: 2 }]);
  await close();
  expect(events().some(({ event_type, rule }) => event_type === "guard_error" && rule === "oversize")).toBe(true);
  const shared = await openSession((await startStdio({ config, shared: true })).url);
  const refused = await shared.post(call(1, "big", { bytes: 3 * MB }));
  expect([refused.status, await refused.json()]).toMatchObject([502, { id: 1, error: { code: -32603 } }]);
  expect(textOf(await shared.ask(call(2, "echo", { text: "goes on" })))).toBe("goes on");
});

it("27 a client that does not read holds its server back, in bounded memory, and is cut off in the end", async () => {
  const { url, gateway } = await startStdio({ limits: { stalled: 2500 } });
  const session = await openSession(url);
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  onTestFinished(() => void socket.destroy());
  const head = Object.entries({ host: "localhost", accept: "text/event-stream", ...session.headers });
  socket.write(`GET /mcp HTTP/1.1\r\n${head.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n`);
  socket.pause();
  await pause(200);
  const line = `${JSON.stringify(rpc(undefined, "notifications/resources/updated", { uri: "x".repeat(100_000) }))}\n`;
  const before = process.memoryUsage().rss;
  let isAnswered = false;
  const chatty = session.ask(call(1, "chatter", { line, times: 1000 })).then(() => (isAnswered = true));
  await pause(1500);
  // The server's 100 MB are not all here, and its answer behind them neither.
  expect(process.memoryUsage().rss - before).toBeLessThan(60 * MB);
  expect(isAnswered).toBe(false);
  await chatty;
  expect(gateway.childCount()).toBe(1);
});

it("27 of clients that share a server a slow one is cut off, and the others go on", async () => {
  const { url } = await startStdio({ shared: true, limits: { behind: MB } });
  const [slow, quick] = [await openSession(url), await openSession(url)];
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  onTestFinished(() => void socket.destroy());
  const closed = new Promise((resolve) => socket.once("close", resolve));
  socket.on("error", () => {});
  const head = Object.entries({ host: "localhost", accept: "text/event-stream", ...slow.headers });
  socket.write(`GET /mcp HTTP/1.1\r\n${head.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n`);
  socket.pause();
  await pause(200);
  const stream = await quick.get();
  const line = `${JSON.stringify(rpc(undefined, "notifications/resources/updated", { uri: "x".repeat(100_000) }))}\n`;
  expect(textOf(await quick.ask(call(1, "chatter", { line, times: 200 })))).toBe("chattered");
  await stream.until(() => stream.text.length > 200 * 100_000);
  socket.resume();
  await closed;
});

it("27 a server that does not read makes clients wait, and then is said to be busy", async () => {
  const { url } = await startStdio({
    command: ["sh", "-c", 'read -r a; echo \'{"jsonrpc":"2.0","id":0,"result":{}}\'; sleep 60'],
    limits: { unread: MB },
  });
  const session = await openSession(url);
  const statuses: Promise<number>[] = [];
  for (let each = 0; each < 8; each++) {
    const note = rpc(undefined, "notifications/x", { text: "x".repeat(300_000) });
    statuses.push(session.post(note).then(({ status }) => status));
    await pause(20);
  }
  expect((await Promise.all(statuses)).filter((status) => status === 503).length).toBeGreaterThan(2);
});

it("a session's stored events are bounded: what left the store cannot be resumed", async () => {
  const { url } = await startStdio({ limits: { storedEvents: 5 } });
  const session = await openSession(url);
  const stream = new EventReader(await session.post(call(1, "log", { count: 20 })));
  await stream.ended();
  expect((await session.get({ "last-event-id": stream.events[1]?.id ?? "" })).response.status).toBe(400);
  expect((await session.get({ "last-event-id": stream.events.at(-3)?.id ?? "" })).response.status).toBe(200);
});

it("S07 what the server writes to its standard error is in the log under its name, masked and bounded", async () => {
  const written: string[] = [];
  let time = 0;
  const log = childLog(
    "files",
    (text) => written.push(text),
    () => time,
  );
  log("token ghp_16C7e42F292c6912E7710c838347Ae178B4a \u001b[2J");
  expect(written[0]).toMatch(/^files: token ghp_/);
  expect(written[0]).not.toContain("16C7e42F292c6912E7710c838347Ae178B4a");
  expect(written[0]).not.toContain("\u001b");
  for (let line = 0; line < 1000; line++) log(`line ${line}`);
  expect(written.length).toBe(200);
  time = 1000;
  log("later");
  expect(written.slice(-2)).toEqual(["files: (801 lines left out)", "files: later"]);
});

it("a server that fills its standard error is not stopped by it", async () => {
  const { url } = await startStdio();
  const session = await openSession(url);
  expect(textOf(await session.ask(call(1, "shout", { bytes: 3 * MB })))).toBe("shouted");
});
