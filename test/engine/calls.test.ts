import { expect, test } from "vitest";
import { inspect, newGuard } from "./new-guard.ts";

const ping = { jsonrpc: "2.0", id: 1, method: "tools/call" };

test("of calls only those are remembered that a rule may ask about, however high the limit", () => {
  const guard = newGuard({ policy: { rateLimits: [{ method: "*", limit: 1_000_000_000, windowMs: 120_000 }] } });
  for (let call = 0; call < 20_000; call++) inspect(guard, "to-server", ping, call * 100);
  const { recent = [], total } = guard.memory.calls.get("tools/call") ?? {};
  expect(total).toBe(20_000);
  expect(recent.length).toBeGreaterThanOrEqual(1200);
  expect(recent.length).toBeLessThanOrEqual(1200 + 512);
});
