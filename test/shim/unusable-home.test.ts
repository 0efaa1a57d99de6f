import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startShim, temporaryFolder } from "./conversation.ts";

const lines =
  '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"t"}}\n{"jsonrpc":"2.0","id":1,"result":{"tools":[{"name":"a"}]}}\n';

test.each([
  ["lies below a file", (folder: string) => writeFileSync(join(folder, "home"), "")],
  [
    "has a file where the log should be",
    (folder: string) => (mkdirSync(join(folder, "home")), writeFileSync(join(folder, "home/log"), "")),
  ],
  [
    "has a file where the state should be",
    (folder: string) => (mkdirSync(join(folder, "home")), writeFileSync(join(folder, "home/state"), "")),
  ],
])("where the home %s, the traffic goes on, and stderr says why in a few lines", async (_, prepare) => {
  const folder = temporaryFolder();
  prepare(folder);
  const shim = startShim(["cat"], { env: { MCPGUARD_HOME: join(folder, "home") } });
  for (let round = 0; round < 5; round++) {
    shim.send(lines);
    await shim.received(lines.length * (round + 1));
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
  expect((await shim.finish()).toString()).toBe(lines.repeat(5));
  expect((await shim.exit).code).toBe(0);
  const said = shim.errors.trim().split("\n");
  expect(said.length).toBeLessThanOrEqual(5);
  expect(said.every((line) => line.startsWith("mcpguard: "))).toBe(true);
});

test("a configuration that cannot be used is named with its place, and the traffic goes on", async () => {
  const shim = startShim(["cat"], { config: "preset: balanced\ndeny: 5\n" });
  shim.send(lines);
  expect((await shim.finish()).toString()).toBe(lines);
  expect(shim.errors).toMatch(/^mcpguard: .*config\.yaml:2:/);
});
