import type { Detector, Example, Subject } from "../core/detector.ts";
import type { Finding, Severity } from "../core/finding.ts";
import type { CallTimes } from "../core/memory.ts";
import { countSince } from "./calls/count-since.ts";

const MINUTE = 60_000;
const BURST = 50;
const VOLUME = 500;
const DOMINANCE = 0.9;
const DOMINANCE_FROM = 10;

/** Notices traffic that is unlike a person's work. Reported once a minute, never a reason to block. */
export const anomaly: Detector = {
  meta: {
    id: "anomaly",
    title: "Unusual traffic",
    severity: "medium",
    roles: [],
    directions: ["to-server"],
    why: "Sudden bursts and one-sided traffic are how loops, scraping and exfiltration look from outside.",
    references: ["https://genai.owasp.org/llmrisk/llm102025-unbounded-consumption/"],
    budget: 0,
  },
  inspect,
  examples: {
    bad: [
      {
        title: "fifty-one calls of one method in a minute",
        direction: "to-server",
        before: calls(50, 1),
        time: 2 * MINUTE,
        message: request("tools/call"),
        expect: { rule: "burst" },
      },
      {
        title: "almost nothing but one method",
        direction: "to-server",
        before: calls(15, 3_000),
        time: 61_000,
        message: request("tools/call"),
        expect: { rule: "dominance" },
      },
    ],
    good: [
      {
        title: "the first minute",
        direction: "to-server",
        before: calls(50, 1).map((each) => ({ ...each, time: Math.max(0, each.time - MINUTE) })),
        time: MINUTE - 1,
        message: request("tools/call"),
      },
      {
        title: "a call now and then",
        direction: "to-server",
        before: [{ direction: "to-server", message: request("tools/list"), time: 0 }],
        time: 2 * MINUTE,
        message: request("tools/call"),
      },
    ],
  },
};

function inspect({ message, memory, now }: Subject): Finding[] {
  const { method } = message;
  if (now === undefined || message.kind !== "request" || method === undefined) return [];
  if (memory.startedAt === undefined || now - memory.startedAt < MINUTE) return [];
  const findings: Finding[] = [];
  const isDue = (key: string): boolean => now - (memory.anomalies.get(key) ?? Number.NEGATIVE_INFINITY) >= MINUTE;
  const ofMethod = lastMinute(memory.calls.get(method), now) + 1;
  if (ofMethod > BURST && isDue(`burst:${method}`))
    findings.push(finding("burst", `${ofMethod} calls of ${method} within a minute.`));
  const all = [...memory.calls.values()].reduce((sum, times) => sum + lastMinute(times, now), 1);
  if (all > VOLUME && isDue("volume")) findings.push(finding("volume", `${all} requests within a minute.`));
  if (all > DOMINANCE_FROM && ofMethod > DOMINANCE * all && isDue("dominance")) {
    findings.push(
      finding("dominance", `${method} is more than ${DOMINANCE * 100} % of the last minute's requests.`, "low"),
    );
  }
  return findings;
}

function lastMinute(times: CallTimes | undefined, now: number): number {
  return countSince(times?.recent ?? [], now - MINUTE);
}

function finding(rule: string, because: string, severity: Severity = "medium"): Finding {
  return {
    detector: "anomaly",
    rule,
    severity,
    confidence: "soft",
    at: "",
    evidence: "",
    because,
    fix: "Look at the calls: npx mcpguard analyze --type message",
  };
}

function request(method: string): { jsonrpc: string; id: number; method: string } {
  return { jsonrpc: "2.0", id: 1, method };
}

/** Calls, the first at the first minute and each `apart` milliseconds after the one before. */
function calls(count: number, apart: number): (NonNullable<Example["before"]>[number] & { time: number })[] {
  const first = { direction: "to-server" as const, message: request("tools/list"), time: 0 };
  const rest = Array.from({ length: count }, (_, index) => ({
    direction: "to-server" as const,
    message: request("tools/call"),
    time: MINUTE + index * apart,
  }));
  return [
    first,
    ...rest.map((each) => ({ ...each, time: apart > 1 ? each.time - MINUTE : each.time + MINUTE - count })),
  ];
}
