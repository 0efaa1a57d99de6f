import { request } from "node:http";
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { PendingItem } from "../../../src/core/pending.ts";
import { listPending } from "../../../src/state/pending.ts";
import { readPins } from "../../../src/state/pins.ts";
import { readDecisions } from "../../../src/state/decisions.ts";
import { linesOf } from "../../audit/sample.ts";
import { pendingItem } from "../../state/pending-item.ts";
import { type Started, startDashboard } from "./start-dashboard.ts";

let started: Started;
let item: PendingItem;
let token: string;
let name = 0;

beforeAll(async () => void (started = await startDashboard()));
afterAll(() => started.stop());

/** Each test has an item of its own, and the token that its form holds. */
beforeEach(async () => {
  item = pendingItem({ name: `tool${++name}` });
  started.wait(item);
  let page = "";
  while (!page.includes(item.id)) page = await (await fetch(`${started.url}servers`)).text();
  const form = page.slice(page.indexOf(`value="${item.id}"`));
  token = /name="token"\s+value="([^"]+)"/.exec(form)?.[1] ?? "";
});

const own = () => ({ origin: new URL(started.url).origin, "sec-fetch-site": "same-origin" });

/** A POST with exactly these headers; gives status, location and body. */
async function post(
  fields: Record<string, string>,
  headers: Record<string, string> = own(),
  type = "application/x-www-form-urlencoded",
) {
  const body = new URLSearchParams(fields).toString();
  return new Promise<{ status: number; location: string; body: string }>((resolve, reject) => {
    const sent = request(
      `${started.url}decide`,
      { method: "POST", headers: { ...headers, "content-type": type } },
      (response) => {
        let text = "";
        response.setEncoding("utf8");
        response.on("data", (chunk: string) => (text += chunk));
        response.on("end", () =>
          resolve({ status: response.statusCode ?? 0, location: response.headers.location ?? "", body: text }),
        );
      },
    );
    sent.on("error", reject);
    sent.end(body);
  });
}

const isWaiting = () => listPending(started.home).some(({ id }) => id === item.id);
const decisionLines = () => linesOf(started.log, new Date().toISOString().slice(0, 10)).map((line) => JSON.parse(line));

test("an approval pins the form and is told in the log, as by the command", async () => {
  const { status, location } = await post({ id: item.id, choice: "approve", token });
  expect([status, location]).toEqual([303, `/_mcpguard/?decided=${item.id}`]);
  expect(isWaiting()).toBe(false);
  expect(readPins(started.home, item.pinSet).get(`tool:${item.name}`)).toBe(item.after);
  expect(readDecisions(started.home, item.pinSet).at(-1)).toMatchObject({ id: item.id, decision: "approve" });
  expect(decisionLines().at(-1)).toMatchObject({
    event_type: "decision",
    server: item.server,
    client: item.client,
    session: item.session,
    tool: item.name,
    action: "allow",
    details: { item: item.id, decision: "approve" },
  });
  expect(await (await fetch(new URL(location, started.url))).text()).toContain(
    `approved the changed tool ${item.name}`,
  );
});

test("a denial keeps it out", async () => {
  expect((await post({ id: item.id, choice: "deny", token })).status).toBe(303);
  expect(isWaiting()).toBe(false);
  expect(readPins(started.home, item.pinSet).has(`tool:${item.name}`)).toBe(false);
  expect(decisionLines().at(-1)).toMatchObject({ event_type: "decision", action: "block" });
});

test("who comes second hears what was decided", async () => {
  await post({ id: item.id, choice: "deny", token });
  const second = await post({ id: item.id, choice: "approve", token });
  expect(second.status).toBe(409);
  expect(second.body).toMatch(/was denied at/);
  expect(readPins(started.home, item.pinSet).has(`tool:${item.name}`)).toBe(false);
});

test.each([
  ["another origin", { origin: "https://evil.example", "sec-fetch-site": "cross-site" }],
  ["another port", { origin: "http://127.0.0.1:1", "sec-fetch-site": "same-site" }],
  ["a sandboxed frame", { origin: "null", "sec-fetch-site": "cross-site" }],
  ["no browser", {}],
])("a form from %s decides nothing, even with the token", async (_, headers) => {
  const { status } = await post({ id: item.id, choice: "approve", token }, headers);
  expect([status, isWaiting()]).toEqual([403, true]);
});

test("a form without the token, or with that of another item, decides nothing", async () => {
  const other = pendingItem({ name: "another" });
  started.wait(other);
  for (const fields of [
    { id: item.id, choice: "approve" },
    { id: item.id, choice: "approve", token: "" },
    { id: item.id, choice: "approve", token: `${token}x` },
    { id: other.id, choice: "approve", token },
  ])
    expect((await post(fields)).status).toBe(403);
  expect(listPending(started.home).map(({ id }) => id)).toEqual(expect.arrayContaining([item.id, other.id]));
});

test("what is no form of ours decides nothing", async () => {
  expect((await post({ id: item.id, choice: "approve", token }, own(), "text/plain")).status).toBe(403);
  expect((await post({ id: item.id, choice: "approve", token, more: "x".repeat(5000) })).status).toBe(403);
  expect((await post({ id: item.id, choice: "perhaps", token })).status).toBe(400);
  expect((await post({ id: "../../pins/x", choice: "approve", token })).status).toBe(403);
  expect(isWaiting()).toBe(true);
});

test("a token of before a restart is no longer good", async () => {
  const other = await startDashboard();
  try {
    const { status } = await fetch(`${other.url}decide`, {
      method: "POST",
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        origin: new URL(other.url).origin,
        "sec-fetch-site": "same-origin",
      },
      body: new URLSearchParams({ id: item.id, choice: "approve", token }),
    });
    expect(status).toBe(403);
  } finally {
    await other.stop();
  }
});

test("the decision stands although the log cannot be written, and the page says so", async () => {
  const kept = readdirSync(started.log);
  rmSync(started.log, { recursive: true });
  writeFileSync(started.log, "no folder");
  const { status, body } = await post({ id: item.id, choice: "approve", token });
  rmSync(started.log);
  mkdirSync(started.log);
  expect([status, kept.length]).toEqual([200, 1]);
  expect(body).toContain("The decision stands, but the log does not tell of it");
  expect(isWaiting()).toBe(false);
});
