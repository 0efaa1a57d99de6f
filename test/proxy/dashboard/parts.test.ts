import { expect, test } from "vitest";
import { decide } from "../../../src/state/decisions.ts";
import { pendingItem } from "../../state/pending-item.ts";
import { startDashboard } from "./start-dashboard.ts";
import { latencyChart } from "../../../src/proxy/dashboard/parts/latency-chart.ts";
import { trafficChart } from "../../../src/proxy/dashboard/parts/traffic-chart.ts";
import { duration } from "../../../src/proxy/dashboard/parts/words.ts";
import { sampleStatus } from "./sample-status.ts";

const minute = 60_000;
const since = 1_795_000_020_000 - (1_795_000_020_000 % minute);
const quiet = { requests: 0, blocked: 0, p50: null, p95: null };

test("a minute's bars stand at their place, and the numbers stand in a table too", () => {
  const minutes = [
    { ...quiet, at: since, requests: 10 },
    { ...quiet, at: since + 59 * minute, requests: 5, blocked: 2 },
  ];
  const chart = trafficChart(minutes, since).toString();
  const bars = [
    ...chart.matchAll(/<rect\s+class="(bar[^"]*)"\s+x="(\d+)"\s+y="([\d.]+)"\s+width="5"\s+height="([\d.]+)"/g),
  ];
  expect(bars.map(([, ...found]) => found.join(" "))).toEqual(["bar 0 2 64", "bar 354 34 32", "bar stopped 354 67 24"]);
  expect(chart).toMatch(/15 requests in the last hour, at most 10 a minute; 2 stopped/);
  expect(chart.match(/<th scope="row">/g)).toHaveLength(2);
});

test("a line is broken where nothing was measured, and a lone minute is a dot", () => {
  const measured = (slot: number, p50: number) => ({ ...quiet, at: since + slot * minute, p50, p95: 2 * p50 });
  const chart = latencyChart(sampleStatus(), [measured(0, 1), measured(1, 2), measured(3, 1)], since).toString();
  const paths = [...chart.matchAll(/ d="([^"]*)"/g)].map(([, path]) => path);
  expect(paths).toEqual(["M3 48h0L9 6M21 48h0", "M3 69h0L9 48M21 69h0"]);
  expect(latencyChart(sampleStatus({ latency: null }), [], since).toString()).toContain("nothing measured yet");
});

test.each([
  [0, "0 s"],
  [59_999, "59 s"],
  [60 * minute, "1 h 0 min"],
  [26.5 * 60 * minute, "1 d 2 h"],
])("%d ms are %s", (ms, words) => expect(duration(ms)).toBe(words));

test("what was decided stays readable at its server, with what it was about", async () => {
  const started = await startDashboard();
  const item = pendingItem({ before: '{"description":"old"}', after: '{"description":"new"}' });
  started.wait(item);
  decide(started.home, item.id, "deny", Date.now());
  const page = await (await fetch(`${started.url}servers`)).text();
  expect(page).toMatch(/1 decision[\s\S]*denied tool <b>add<\/b>[\s\S]*<del>old<\/del><ins>new<\/ins>/);
  await started.stop();
});
