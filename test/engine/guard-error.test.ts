import { expect, test } from "vitest";
import type { Detector } from "../../src/core/detector.ts";
import type { Guard } from "../../src/engine/guard.ts";
import type { Outcome } from "../../src/engine/outcome.ts";
import { forwarded, newGuard, toClient, toServer } from "./new-guard.ts";
import { wordDetector } from "./word-detector.ts";

const evil = wordDetector("evil", "EVIL");
const failing: Detector = {
  ...wordDetector("failing", ""),
  inspect: () => {
    throw new Error("a bug");
  },
};

function call(guard: Guard): Outcome {
  return toServer(guard, { jsonrpc: "2.0", id: 2, method: "tools/call", params: { name: "a" } });
}

test("closed: a message on which a detector fails is refused, as often as it fails", () => {
  const guard = newGuard({ detectors: [failing], policy: { onGuardError: "closed" } });
  for (let time = 0; time < 6; time++) expect(call(guard).verdict.action).toBe("block");
});

test.each(["redact", "hold", "block"] as const)(
  "closed: a list in which another detector would %s something is refused as a whole",
  (setting) => {
    const policy = { onGuardError: "closed", detectors: { evil: setting } } as const;
    const guard = newGuard({ detectors: [failing, evil], policy });
    toServer(guard, { jsonrpc: "2.0", id: 1, method: "tools/list" });
    const answer = toClient(guard, { jsonrpc: "2.0", id: "1", result: { tools: [{ name: "a" }, { name: "EVIL" }] } });
    expect(forwarded(answer)).toMatchObject({ id: "1", error: {} });
  },
);

test("open: what fails three times is left out, the others go on", () => {
  const guard = newGuard({ detectors: [failing, evil] });
  const events = [1, 2, 3, 4].map(() => call(guard).events.map(({ draft }) => draft.event_type));
  expect(events).toEqual([["guard_error"], ["guard_error"], ["guard_error"], []]);
  const params = { name: "a", arguments: { text: "EVIL" } };
  expect(toServer(guard, { jsonrpc: "2.0", id: 3, method: "tools/call", params }).verdict.action).toBe("block");
});
