import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { expect, test } from "vitest";
import { listPending } from "../../src/state/pending.ts";
import { result, startAnswering, type Answering } from "./answering.ts";

const decide = fileURLToPath(new URL("decide.ts", import.meta.url));
const call = { jsonrpc: "2.0", id: 1, method: "tools/call", params: { name: "a", arguments: { n: 1 } } };

function startHolding(seconds: number): Answering {
  const config = `deny: [a]\ndetectors: { access: hold }\nhold_timeout: ${seconds}\n`;
  return startAnswering({ "tools/call": result({ content: [] }), ping: result({}) }, { config });
}

async function heldItem({ shim }: Answering): Promise<string> {
  for (;;) {
    const [item] = listPending(shim.home);
    if (item !== undefined) return item.id;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test.each([
  ["approve", { content: [] }],
  ["deny", { isError: true }],
])("a held call waits while others pass; %s settles it within two seconds", async (verdict, expected) => {
  const held = startHolding(30);
  held.shim.say(call, { jsonrpc: "2.0", id: 2, method: "ping" });
  expect(await held.shim.messages(1)).toEqual([{ jsonrpc: "2.0", id: 2, result: {} }]);
  expect(held.received()).not.toContain("tools/call");
  await execa(process.execPath, ["--import", "tsx", decide, held.shim.home, await heldItem(held), verdict]);
  const decided = performance.now();
  expect((await held.shim.messages(2))[1]).toMatchObject({ id: 1, result: expected });
  expect(performance.now() - decided).toBeLessThan(2000);
  expect(held.received().includes("tools/call")).toBe(verdict === "approve");
  expect(listPending(held.shim.home)).toEqual([]);
});

test("nobody decides: after hold_timeout the call is refused and waits no more", async () => {
  const held = startHolding(1);
  held.shim.say(call);
  await heldItem(held);
  expect(await held.shim.messages(1)).toMatchObject([{ id: 1, result: { isError: true } }]);
  expect(listPending(held.shim.home)).toEqual([]);
});

test("a call that its client has cancelled is dropped, and waits no more", async () => {
  const held = startHolding(30);
  held.shim.say(call);
  const id = await heldItem(held);
  held.shim.say({ jsonrpc: "2.0", method: "notifications/cancelled", params: { requestId: 1 } });
  held.shim.say({ jsonrpc: "2.0", id: 2, method: "ping" });
  await held.shim.messages(1);
  expect(listPending(held.shim.home).map((item) => item.id)).not.toContain(id);
});

test("a session that ends takes its held calls along", async () => {
  const held = startHolding(30);
  held.shim.say(call);
  await heldItem(held);
  await held.shim.finish();
  expect(listPending(held.shim.home)).toEqual([]);
});
