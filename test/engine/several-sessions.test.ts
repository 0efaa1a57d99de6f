import { expect, test } from "vitest";
import { rugPull } from "../../src/detectors/rug-pull.ts";
import { Guard } from "../../src/engine/guard.ts";
import { newServerMemory } from "../../src/engine/memory.ts";
import { newGuard, toClient, toServer } from "./new-guard.ts";

/** A session whose server another session has seen meanwhile. */
function beside(pins: ReadonlyMap<string, string>): Guard {
  const { options } = newGuard({ detectors: [rugPull] });
  return new Guard({ ...options, server: newServerMemory(), recallPins: () => pins });
}

function shown(guard: Guard, description: string): boolean {
  toServer(guard, { jsonrpc: "2.0", id: 1, method: "tools/list" });
  const { forward } = toClient(guard, { jsonrpc: "2.0", id: 1, result: { tools: [{ name: "a", description }] } });
  return Buffer.from(forward ?? []).includes(description);
}

test("what another session pinned after this one began is no first sight", () => {
  const pins = new Map<string, string>();
  const guard = beside(pins);
  pins.set("tool:a", '{"description":"one","name":"a"}');
  expect(shown(guard, "two")).toBe(false);
  expect(shown(guard, "one")).toBe(true);
});

test("what this session has pinned already stays", () => {
  const pins = new Map<string, string>();
  const guard = beside(pins);
  expect(shown(guard, "one")).toBe(true);
  pins.set("tool:a", '{"description":"two","name":"a"}');
  expect(shown(guard, "two")).toBe(false);
});

test("a server that defines ever new tools does not make the memory grow", () => {
  const guard = newGuard({ detectors: [rugPull] });
  for (let page = 0; page < 12; page++) {
    const tools = Array.from({ length: 1000 }, (_, index) => ({ name: `${page}-${index}` }));
    toClient(guard, { jsonrpc: "2.0", id: page, result: { tools } });
  }
  expect(guard.memory.baseline.pinned.size).toBeLessThan(11_001);
  expect(shown(guard, "one too many")).toBe(false);
});
