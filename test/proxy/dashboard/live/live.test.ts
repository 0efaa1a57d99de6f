import { afterEach, beforeEach, expect, test } from "vitest";
import { event } from "../../../audit/sample.ts";
import { pendingItem } from "../../../state/pending-item.ts";
import { type Started, startDashboard } from "../start-dashboard.ts";

let started: Started;
let readers: AbortController[] = [];

beforeEach(async () => void (started = await startDashboard()));
afterEach(async () => {
  for (const reader of readers) reader.abort();
  readers = [];
  await started.stop();
});

const fresh = (message: string) => event({ timestamp: new Date().toISOString(), message });

/** Reads a stream into a text; `until` waits for something in it. */
async function listen(query = ""): Promise<{ text: () => string; until: (wanted: RegExp) => Promise<void> }> {
  const controller = new AbortController();
  readers.push(controller);
  const response = await fetch(`${started.url}live${query}`, { signal: controller.signal });
  expect(response.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
  let text = "";
  const decoder = new TextDecoder();
  void (async () => {
    for await (const chunk of response.body ?? []) text += decoder.decode(chunk as Uint8Array, { stream: true });
  })().catch(() => undefined);
  const until = async (wanted: RegExp) => expect.poll(() => text, { timeout: 3000, interval: 20 }).toMatch(wanted);
  return { text: () => text, until };
}

test("a page first gets all, then what is new, within a second", async () => {
  started.write(fresh("before"));
  const { text, until } = await listen();
  await until(/hx-target="#rows"\s+hx-swap="innerHTML"[\s\S]*before/);
  const length = text().length;
  const written = performance.now();
  started.write(fresh("after"));
  await until(/after/);
  expect(performance.now() - written).toBeLessThan(1000);
  expect(text().slice(length)).not.toContain("before");
});

test("only what the URL asks for comes", async () => {
  const { text, until } = await listen("?q=wanted");
  await until(/No event matches/);
  started.write(fresh("other"), fresh("wanted one"));
  await until(/wanted one/);
  expect(text()).not.toContain(">other<");
});

test("every line of a message is data, whatever names and texts hold", async () => {
  const { text, until } = await listen();
  await until(/\n\n/);
  started.write(fresh("x\n\nevent: hx:release\rdata: <img src=x>\u2028id: 1"));
  await until(/hx:release/);
  for (const line of text().split("\n")) expect(line === "" || line.startsWith("data: ")).toBe(true);
  expect(text()).not.toMatch(/\r|<img src=x/);
});

test("what waits and what was decided changes the first look", async () => {
  const { until } = await listen();
  await until(/Nothing[\s\S]*waits here for your yes or no/);
  started.wait(pendingItem({ name: "fresh_tool" }));
  await until(/1 decision[\s\S]*Approve/);
});

test("a flood comes as one page, not as all of it", async () => {
  const { text, until } = await listen();
  await until(/hx-swap="innerHTML"/);
  const length = text().length;
  started.write(...Array.from({ length: 5000 }, (_, at) => fresh(`flood ${at}`)));
  await until(/flood 4999/);
  expect(
    text()
      .slice(length)
      .match(/flood \d/g)?.length,
  ).toBeLessThanOrEqual(300);
});

test("older pages, and more than 32 readers, are not followed; a reader who left makes room", async () => {
  expect((await fetch(`${started.url}live?before=2026-11-22.jsonl~5`)).status).toBe(400);
  expect((await fetch(`${started.url}live?since=never`)).status).toBe(400);
  for (let reader = 0; reader < 32; reader++) await listen();
  expect((await fetch(`${started.url}live`)).status).toBe(503);
  readers.pop()?.abort();
  await expect.poll(async () => (await fetch(`${started.url}live`, { method: "HEAD" })).status).toBe(200);
});
