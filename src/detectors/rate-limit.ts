import type { Detector, Example, Subject } from "../core/detector.ts";
import type { Finding } from "../core/finding.ts";
import type { RateLimit } from "../core/policy.ts";
import { countSince } from "./calls/count-since.ts";

/** Requests that keep a conversation alive; no limit holds for them. */
const unlimited = new Set(["initialize", "ping", "server/discover"]);

/** Refuses calls beyond the limits that the configuration sets for a method. */
export const rateLimit: Detector = {
  meta: {
    id: "rate-limit",
    title: "Too many calls",
    severity: "medium",
    roles: [],
    directions: ["to-server"],
    why: "An agent in a loop, or one steered to drain a server, calls faster than anyone intended.",
    references: ["https://genai.owasp.org/llmrisk/llm102025-unbounded-consumption/"],
    budget: 0,
  },
  inspect,
  examples: {
    bad: [
      {
        title: "the third call of two allowed",
        direction: "to-server",
        policy: limited(2),
        before: [call(0), call(10_000)],
        time: 20_000,
        message: call(0).message,
        expect: { rule: "exceeded" },
      },
    ],
    good: [
      {
        title: "the second of two allowed",
        direction: "to-server",
        policy: limited(2),
        before: [call(0)],
        time: 20_000,
        message: call(0).message,
      },
      {
        title: "the first has left the window",
        direction: "to-server",
        policy: limited(2),
        before: [call(0), call(10_000)],
        time: 60_000,
        message: call(0).message,
      },
    ],
  },
};

function inspect({ message, policy, memory, now }: Subject): Finding[] {
  const { method } = message;
  if (now === undefined || message.kind !== "request" || method === undefined || unlimited.has(method)) return [];
  const limit = policy.rateLimits.find((each) => each.method === "*" || each.method === method);
  if (limit === undefined) return [];
  const recent = memory.calls.get(method)?.recent ?? [];
  // A call exactly one window old no longer counts.
  const inWindow = countSince(recent, now - limit.windowMs);
  return inWindow < limit.limit ? [] : [finding(limit, method)];
}

function finding({ limit, windowMs }: RateLimit, method: string): Finding {
  const because = `More than ${limit} calls of ${method} within ${windowMs / 1000} seconds.`;
  return {
    detector: "rate-limit",
    rule: "exceeded",
    severity: "medium",
    confidence: "hard",
    at: "",
    evidence: "",
    because,
    fix: "Wait, or raise rate_limit in mcpguard's config.",
  };
}

function limited(limit: number): NonNullable<Example["policy"]> {
  return { rateLimits: [{ method: "*", limit, windowMs: 60_000 }] };
}

function call(time: number): NonNullable<Example["before"]>[number] & { time: number } {
  return {
    direction: "to-server",
    time,
    message: { jsonrpc: "2.0", id: time, method: "tools/call", params: { name: "search", arguments: {} } },
  };
}
