import { join } from "node:path";
import { expect, it } from "vitest";
import { apply, forgetUndone } from "../../src/clients/apply.ts";
import { sandbox } from "./sandbox.ts";

const file = ".cursor/mcp.json";
const original = '{"mcpServers":{"files":{"command":"npx","args":["server-files"]}}}';

it("a file that changes between plan and write is not overwritten; the others are still done", () => {
  const box = sandbox();
  box.put(file, original);
  box.put(".gemini/settings.json", original);
  const plan = box.planInstall();
  const changed = original.replace("npx", "bunx");
  box.put(file, changed);
  const outcomes = apply(plan, box.journal, box.guard);
  expect(outcomes.map(({ written, problem }) => [written, problem?.code])).toEqual([
    [false, "CONFIG_CHANGED"],
    [true, undefined],
  ]);
  expect(box.read(file)).toBe(changed);
  box.install();
  box.uninstall();
  expect([box.read(file), box.read(".gemini/settings.json")]).toEqual([changed, original]);
});

it("of two runs that want the same, both succeed", () => {
  const box = sandbox();
  box.put(file, original);
  const [first, second] = [box.planInstall(), box.planInstall()];
  for (const plan of [first, second]) {
    expect(apply(plan, box.journal, box.guard).map(({ problem }) => problem)).toEqual([undefined]);
  }
  box.uninstall();
  expect(box.read(file)).toBe(original);
});

it("an uninstall that was planned before another uninstall and install does not undo from memory it never had", () => {
  const box = sandbox();
  const bare = '{"mcpServers":{"time":{"command":"time-server"}}}';
  box.put(file, bare);
  box.install();
  const found = box.read(file);
  const record = box.journal.read().record(join(box.home, file));
  // Read before the other run restored the file and forgot it, planned after.
  box.journal.forget(join(box.home, file));
  const late = box.planUninstall();
  box.put(file, bare);
  box.install();
  expect([box.read(file), box.journal.read().record(join(box.home, file))]).toEqual([found, record]);
  expect(apply(late, box.journal, box.guard).map(({ problem }) => problem?.code)).toEqual(["CONFIG_CHANGED"]);
  box.uninstall();
  expect(box.read(file)).toBe(bare);
});

it("an uninstall that found nothing does not forget what an install did meanwhile", () => {
  const box = sandbox();
  const path = box.put(file, original);
  const late = box.planUninstall();
  box.install();
  forgetUndone(late, box.journal, box.guard);
  expect(box.journal.read().record(path)).toBeDefined();
  box.put(file, original);
  forgetUndone(late, box.journal, box.guard);
  expect(box.journal.read().record(path)).toBeUndefined();
});

it("what could not be written is not remembered as written", () => {
  const box = sandbox();
  const path = box.put(file, original);
  const plan = box.planInstall();
  box.put(file, original.replace("npx", "bunx"));
  apply(plan, box.journal, box.guard);
  expect(box.journal.read().record(path)).toBeUndefined();
  box.install();
  const record = box.journal.read().record(path);
  const stale = box.planUninstall().concat(plan);
  box.put(file, original);
  apply(stale, box.journal, box.guard);
  expect(box.journal.read().record(path)).toEqual(record);
});
