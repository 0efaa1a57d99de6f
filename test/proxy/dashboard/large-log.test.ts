import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { event } from "../../audit/sample.ts";
import { type Started, startDashboard } from "./start-dashboard.ts";

const lines = 100_000;
let started: Started;

beforeAll(async () => {
  started = await startDashboard();
  const last = Date.now();
  const first = new Date(last).setHours(0, 0, 0, 0);
  const [before = "", after = ""] = JSON.stringify({ ...event({ timestamp: "@" }), prev: "9f".repeat(32) }).split("@");
  const texts = Array.from({ length: lines }, (_, at) => {
    const time = new Date(first + Math.floor(((last - first) * at) / lines)).toISOString();
    return `${before}${time}${after}`;
  });
  mkdirSync(started.log);
  const oldest = JSON.stringify(
    event({ timestamp: new Date(first).toISOString(), id: "theoldest0", severity: "critical" }),
  );
  writeFileSync(
    join(started.log, `${new Date(last).toISOString().slice(0, 10)}.jsonl`),
    `${oldest}\n${texts.join("\n")}\n`,
  );
});
afterAll(() => started.stop());

async function timeOf(path: string): Promise<{ text: string; ms: number }> {
  const began = performance.now();
  const response = await fetch(started.url + path);
  const text = await response.text();
  expect(response.status).toBe(200);
  return { text, ms: performance.now() - began };
}

/** Idle, the first page takes 0.5 s, the others 20 ms to 0.4 s; the bounds leave room for a busy machine. */
test("a hundred thousand events make no page slow", async () => {
  expect((await timeOf("")).ms).toBeLessThan(4000);
  const second = await timeOf("");
  expect(second.text).toContain("100,001 events today");
  expect(second.ms).toBeLessThan(1000);
  expect((await timeOf("events")).ms).toBeLessThan(1000);
  const rare = await timeOf("?severity=critical");
  expect(rare.text).toMatch(/theoldest0|search on/);
  expect(rare.ms).toBeLessThan(3000);
  expect((await timeOf("event?id=theoldest0")).ms).toBeLessThan(3000);
});
