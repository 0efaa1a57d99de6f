import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { assetPaths } from "../../../src/proxy/dashboard/assets/assets.ts";
import { event } from "../../audit/sample.ts";
import { pendingItem } from "../../state/pending-item.ts";
import { type Started, startDashboard } from "./start-dashboard.ts";

let started: Started;
const blocked = event({
  timestamp: new Date(Date.now() - 2000).toISOString(),
  event_type: "prompt_injection",
  severity: "high",
  blocked: true,
  detector: "prompt-injection",
  rule: "override",
  message: "An instruction in an issue",
  details: { evidence: "ignore all previous", at: "/result/content/0/text", fix: "Read it yourself." },
});

beforeAll(async () => {
  started = await startDashboard();
  started.write(
    event({ timestamp: new Date(Date.now() - 3_600_000).toISOString(), message: "an hour ago" }),
    event({ timestamp: new Date(Date.now() - 3000).toISOString(), message: "just now", server: "github" }),
    blocked,
  );
});
afterAll(() => started.stop());

const get = (path: string, init: RequestInit = {}) => fetch(started.url + path, { redirect: "manual", ...init });
const textOf = async (path: string) => (await get(path)).text();

test("every page says what browsers may not do with it", async () => {
  for (const path of ["", "servers", "rules", `event?id=${blocked.id}`, "event?id=nobody", "metrics", "nowhere"]) {
    const { headers } = await get(path);
    expect(headers.get("content-security-policy")).toMatch(/^default-src 'self';.*frame-ancestors 'none'$/);
    expect(headers.get("content-security-policy")).not.toMatch(/unsafe|\*/);
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("referrer-policy")).toBe("no-referrer");
    expect(headers.get("cache-control")).toBe("no-store");
  }
});

test("files may be kept for ever, because their paths hold their content's hash", async () => {
  for (const [path, type] of [
    [assetPaths.style, "text/css; charset=utf-8"],
    [assetPaths.script, "text/javascript; charset=utf-8"],
    [assetPaths.icon, "image/svg+xml"],
  ] as const) {
    const response = await fetch(new URL(path, started.url));
    expect([response.status, response.headers.get("content-type")]).toEqual([200, type]);
    expect(response.headers.get("cache-control")).toMatch(/immutable/);
    expect((await response.text()).length).toBeGreaterThan(100);
  }
});

test("only what exists is answered, and only by the right method", async () => {
  expect((await get("nowhere")).status).toBe(404);
  expect((await get("assets/0000000000000000.js")).status).toBe(404);
  expect((await get("", { method: "POST" })).status).toBe(405);
  expect((await get("decide")).status).toBe(405);
  const head = await get("", { method: "HEAD" });
  expect([head.status, await head.text()]).toEqual([200, ""]);
  const bare = await fetch(started.url.slice(0, -1), { redirect: "manual" });
  expect([bare.status, bare.headers.get("location")]).toEqual([303, "/_mcpguard/"]);
});

describe("the paths of old", () => {
  test("metrics and events are fragments; events are of the last 15 minutes and can be narrowed", async () => {
    expect(await textOf("metrics")).toMatch(
      /^<section\s+id="metrics"[\s\S]*12,480[\s\S]*Live connections[\s\S]*Uptime/,
    );
    const recent = await textOf("events");
    expect(recent).toMatch(/^<table/);
    expect(recent).toContain("just now");
    expect(recent).not.toContain("an hour ago");
    expect(await textOf("events?since=2h")).toContain("an hour ago");
    expect(await textOf("events?severity=high")).not.toContain("just now");
    expect(await textOf("events?type=prompt_injection")).toContain("An instruction");
    expect(await textOf("events?server=github")).not.toContain("An instruction");
    const refused = await get("events?since=whenever");
    expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining("since whenever is no time")]);
  });

  test("tools and timeline are JSON", async () => {
    expect(await (await get("api/tools")).json()).toMatchObject({ read_file: 8123, query: 900 });
    const timeline = (await (await get("api/timeline")).json()) as { minutes: unknown[] };
    expect(timeline).toMatchObject({ total: 12_480, blocked: 7, injections: 4, poisonings: 1 });
    expect(timeline.minutes).toHaveLength(60);
  });
});

test("an event has a page with evidence and reason, and its line as JSON", async () => {
  const page = await textOf(`event?id=${blocked.id}`);
  for (const part of [
    "An instruction in an issue",
    "ignore all previous",
    "prompt-injection/override",
    "Read it yourself.",
  ])
    expect(page).toContain(part);
  expect(await (await get(`event.json?id=${blocked.id}`)).json()).toMatchObject(blocked);
  expect((await get("event?id=zzzzzzzzzz")).status).toBe(404);
  expect((await get('event?id="')).status).toBe(404);
});

test("a guard that only watches, a silent server and errors are told on the first look", async () => {
  const { routes } = (await import("./sample-status.ts")).sampleStatus();
  expect(await textOf("")).toContain("2 servers guarded");
  started.say({ routes: routes.map((route) => ({ ...route, isReady: route.name === "files" })) });
  expect(await textOf("")).toContain("1 of 2 servers silent");
  started.say({ routes: routes.map((route) => ({ ...route, policy: { ...route.policy, preset: "monitor" } })) });
  expect(await textOf("")).toContain("Only watching");
  started.say({});
  started.write(event({ timestamp: new Date().toISOString(), event_type: "guard_error", severity: "medium" }));
  expect(await textOf("")).toMatch(/1 guard error<\/a>\s*today/);
});

test("damaged state is told, and left as it is for the guard", async () => {
  mkdirSync(join(started.home, "state", "pins"), { recursive: true });
  const file = join(started.home, "state", "pins", "0123abcd.json");
  writeFileSync(file, "{");
  expect(await textOf("servers")).toContain("Its pins cannot be read");
  expect(await textOf("servers")).toContain("Its pins cannot be read");
  started.wait(pendingItem({ pinSet: "elsewhere", name: "other_tool" }));
  expect(await textOf("servers")).toMatch(/Waiting elsewhere on this machine[\s\S]*other_tool/);
});
