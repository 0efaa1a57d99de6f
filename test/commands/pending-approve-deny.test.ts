import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { addPending, listPending } from "../../src/state/pending.ts";
import { readPins } from "../../src/state/pins.ts";
import { pendingItem } from "../state/pending-item.ts";
import { runCli, temporaryHome } from "./run-cli.ts";

function homeWith(...items: ReturnType<typeof pendingItem>[]): string {
  const home = temporaryHome();
  for (const item of items) addPending(home, item);
  return home;
}

function eventsIn(home: string) {
  const [file = ""] = readdirSync(join(home, "log"));
  const lines = readFileSync(join(home, "log", file), "utf8")
    .trimEnd()
    .split("\n");
  return lines.map((line) => JSON.parse(line));
}

test("where nothing waits, pending says so, and --json is an empty array", async () => {
  const home = temporaryHome();
  expect((await runCli(home, "pending")).out).toBe("Nothing waits for a decision.");
  expect(await runCli(home, "pending", "--json")).toEqual({ code: 0, out: "[]", err: "" });
  expect(readdirSync(home)).toEqual([]);
});

test("pending --json names the id, the tool, the server, the client, the reason and the time", async () => {
  const item = pendingItem();
  const home = homeWith(item, pendingItem({ kind: "prompt", name: "greet" }));
  const listed = JSON.parse((await runCli(home, "pending", "--json")).out);
  expect(listed).toHaveLength(2);
  expect(listed).toContainEqual({ ...item, tool: "add" });
  expect((await runCli(home, "pending")).out).toMatch(
    new RegExp(`${item.id} +2026-11-22T10:00:00.000Z +cursor +files +tool add +differs`),
  );
});

test("text of a server cannot act on the terminal", async () => {
  const home = homeWith(pendingItem({ name: "a\u001b[2J\u202e\u0007\nb" }));
  for (const flags of [[], ["--json"]]) {
    expect((await runCli(home, "pending", ...flags)).out).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
  }
});

test("approve takes the beginning of an id, pins the new form and leaves an event of the item's session", async () => {
  const item = pendingItem({ findings: [] });
  const home = homeWith(item);
  const { code, out } = await runCli(home, "approve", item.id.slice(0, 4));
  expect({ code, out }).toEqual({
    code: 0,
    out: "Approved the tool add of files (cursor). Running sessions follow within 2 seconds.",
  });
  expect(readPins(home, item.pinSet).get("tool:add")).toBe(item.after);
  expect(listPending(home)).toEqual([]);
  const facts = {
    event_type: "decision",
    session: "s1",
    client: "cursor",
    server: "files",
    transport: "stdio",
    protocol: "mcp",
    tool: "add",
    action: "allow",
    blocked: false,
  };
  expect(eventsIn(home)).toEqual([
    expect.objectContaining({
      ...facts,
      v: 1,
      prev: null,
      details: expect.objectContaining({ item: item.id, decision: "approve" }),
    }),
  ]);
});

test("deny keeps it out and says so in the log", async () => {
  const item = pendingItem();
  const home = homeWith(item);
  expect((await runCli(home, "deny", item.id)).code).toBe(0);
  expect(readPins(home, item.pinSet).size).toBe(0);
  expect(listPending(home)).toEqual([]);
  expect(eventsIn(home)).toEqual([expect.objectContaining({ event_type: "decision", action: "block" })]);
});

test("an unknown, an empty and a decided id exit 1 with what to do next, and write no event", async () => {
  const item = pendingItem();
  const home = homeWith(item);
  for (const id of ["nosuch", "", "../pins/x"]) {
    const { code, err } = await runCli(home, "approve", id);
    expect(code).toBe(1);
    expect(err).toContain("Run mcpguard pending");
  }
  expect(listPending(home)).toHaveLength(1);
  await runCli(home, "deny", item.id);
  const { code, err } = await runCli(home, "approve", item.id);
  expect(code).toBe(1);
  expect(err).toMatch(/was denied at 20.*\n.*To decide anew/);
  expect(eventsIn(home)).toHaveLength(1);
});

test("the decision holds although the log cannot be written, and the person is told", async () => {
  const item = pendingItem();
  const home = homeWith(item);
  writeFileSync(join(home, "log"), "in the way");
  const { code, err } = await runCli(home, "approve", item.id);
  expect(code).toBe(0);
  expect(err).toContain("cannot write the audit log");
  expect(readPins(home, item.pinSet).size).toBe(1);
});
