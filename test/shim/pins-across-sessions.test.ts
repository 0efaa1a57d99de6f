import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { decide } from "../../src/state/decisions.ts";
import { placeIn } from "../../src/state/home.ts";
import { listPending } from "../../src/state/pending.ts";
import { result, startAnswering, type Answering } from "./answering.ts";
import { temporaryFolder } from "./conversation.ts";

const list = { jsonrpc: "2.0", id: 1, method: "tools/list" };
const call = { jsonrpc: "2.0", id: 2, method: "tools/call", params: { name: "a" } };
const tools = (description: string): string => result({ tools: [{ name: "a", description }] });
const called = result({ content: [] });

/** Sessions of one server, one after the other. */
function sessions(): (description: string) => Answering {
  const [home, folder] = [temporaryFolder(), temporaryFolder()];
  return (description) =>
    startAnswering(
      { "tools/list": tools(description), "tools/call": called },
      { env: { MCPGUARD_HOME: home } },
      folder,
    );
}

async function listed(session: Answering): Promise<string> {
  session.shim.say(list);
  await session.shim.messages(1);
  return (await session.shim.finish()).toString();
}

test.each(["waits", "was denied"])(
  "a tool that %s is not called by a later session that asks for no list",
  async (state) => {
    const start = sessions();
    await listed(start("one"));
    const { shim } = start("two");
    await listed({ shim, received: () => "" });
    const [item] = listPending(shim.home);
    if (state === "was denied") decide(shim.home, item?.id ?? "", "deny", Date.now());
    const later = start("two");
    later.shim.say(call);
    expect(await later.shim.messages(1)).toMatchObject([{ id: 2, result: { isError: true } }]);
    await later.shim.finish();
    const restored = start("one");
    restored.shim.say(list);
    await restored.shim.messages(1);
    restored.shim.say(call);
    expect((await restored.shim.messages(2))[1]).toEqual({ jsonrpc: "2.0", id: 2, result: { content: [] } });
  },
);

test("of two sessions that began without pins, the later list is no first sight", async () => {
  const start = sessions();
  const early = start("two");
  early.shim.say({ jsonrpc: "2.0", id: 9, method: "ping" });
  await early.shim.messages(1);
  await listed(start("one"));
  expect(await listed(early)).not.toContain('"two"');
});

test("pins that are lost are an event, and decisions that are lost do not take the pins along", async () => {
  const start = sessions();
  const first = start("one");
  await listed(first);
  const folder = placeIn(first.shim.home, "pins");
  const [pins = ""] = readdirSync(folder).filter((name) => name.endsWith(".json"));
  writeFileSync(placeIn(first.shim.home, "decisions"), "no folder");
  expect(await listed(start("two"))).not.toContain('"two"');
  writeFileSync(join(folder, pins), "{");
  const last = start("one");
  await listed(last);
  const lost = last.shim.events().filter(({ event_type }) => event_type === "guard_error");
  expect(lost.at(-1)).toMatchObject({ severity: "high", message: expect.stringContaining("is lost") });
});
