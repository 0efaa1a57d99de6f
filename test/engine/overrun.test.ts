import { describe, expect, it } from "vitest";
import { defaultPolicy } from "../../src/core/policy.ts";
import { Guard } from "../../src/engine/guard.ts";
import { newServerMemory } from "../../src/engine/memory.ts";
import { toClient, toServer } from "./new-guard.ts";
import { wordDetector } from "./word-detector.ts";

/** A guard whose clock moves on by so many milliseconds whenever it is asked. */
function guardWithClock(perLook: number): Guard {
  let time = 0;
  return new Guard({
    session: { id: "s", client: "tester", server: "tested", protocol: "mcp", transport: "stdio" },
    policy: defaultPolicy,
    detectors: [wordDetector("slow", "never")],
    server: newServerMemory(),
    newEventId: () => "e",
    pendingId: () => "p",
    clock: () => (time += perLook),
  });
}

function answered(guard: Guard, size: number): string[] {
  toServer(guard, { jsonrpc: "2.0", id: 1, method: "tools/call", params: { name: "t", arguments: {} } });
  const { forward, events } = toClient(guard, { jsonrpc: "2.0", id: 1, result: { text: "x".repeat(size) } });
  expect(forward).toBeDefined();
  return events.map(({ draft }) => draft.event_type);
}

describe("a detector that takes too long", () => {
  it("is reported, and left out for the rest of the session after three times", () => {
    const guard = guardWithClock(200);
    for (let time = 1; time <= 3; time++) expect(answered(guard, 20_000)).toContain("guard_error");
    expect(answered(guard, 20_000)).toEqual(["message"]);
    expect([...guard.memory.disabled]).toEqual(["slow"]);
  });

  it("has more time for a larger message", () => {
    expect(answered(guardWithClock(200), 1024 * 1024)).toEqual(["message"]);
  });

  it("is not measured on small messages", () => {
    expect(answered(guardWithClock(200), 1000)).toEqual(["message"]);
  });
});
