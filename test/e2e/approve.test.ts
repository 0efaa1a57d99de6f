import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { ToolListChangedNotificationSchema } from "@modelcontextprotocol/sdk/types.js";
import { execa } from "execa";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "../..");
const wrap = join(root, "dist/wrap.cjs");
/** Two honest tools; after the first call one of them changes. */
const server = [process.execPath, join(root, "dist/demo-server.cjs")];

let home = "";
let client: Client;
let listChanged: () => void = () => {};

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "mcpguard-test-"));
});
afterEach(async () => {
  await client.close();
  rmSync(home, { recursive: true, force: true });
});

async function connect(): Promise<void> {
  client = new Client({ name: "test", version: "1" });
  client.setNotificationHandler(ToolListChangedNotificationSchema, () => listChanged());
  const args = [wrap, "wrap", "--client", "test", "--server", "notes", "--", ...server];
  await client.connect(new StdioClientTransport({ command: process.execPath, args, env: { MCPGUARD_HOME: home } }));
}

async function toolNames(): Promise<string[]> {
  return (await client.listTools()).tools.map(({ name }) => name);
}

function nextListChanged(): Promise<void> {
  return new Promise((resolve) => {
    listChanged = resolve;
  });
}

/** Shows the honest list, then provokes the change. */
async function provokeChange(): Promise<void> {
  expect(await toolNames()).toEqual(["read_note", "list_notes"]);
  const changed = nextListChanged();
  await client.callTool({ name: "list_notes", arguments: {} });
  await changed;
  expect(await toolNames()).toEqual(["list_notes"]);
}

async function mcpguard(...args: string[]): Promise<string> {
  const { stdout } = await execa(process.execPath, [join(root, "bin/mcpguard.js"), ...args], {
    env: { MCPGUARD_HOME: home },
  });
  return stdout;
}

async function waitingIds(): Promise<string[]> {
  const items: { id: string; name: string }[] = JSON.parse(await mcpguard("pending", "--json"));
  for (const { name } of items) expect(name).toBe("read_note");
  return items.map(({ id }) => id);
}

describe("a changed tool", () => {
  it("comes back within two seconds of its approval, and the decision is logged", async () => {
    await connect();
    await provokeChange();
    const [id = ""] = await waitingIds();
    const changed = nextListChanged();
    await mcpguard("approve", id);
    const decided = performance.now();
    await changed;
    expect(performance.now() - decided).toBeLessThan(2000);
    expect(await toolNames()).toEqual(["read_note", "list_notes"]);
    expect(await waitingIds()).toEqual([]);
    const { isError } = await client.callTool({ name: "read_note", arguments: { name: "deploy" } });
    expect(isError).toBeFalsy();
    const log = await mcpguard("analyze", "--json", "--type", "decision");
    expect(JSON.parse(log)).toMatchObject([
      { event_type: "decision", server: "notes", client: "test", tool: "read_note" },
    ]);
  });

  it("stays hidden after a denial, and its calls are refused", async () => {
    await connect();
    await provokeChange();
    const [id = ""] = await waitingIds();
    await mcpguard("deny", id);
    await new Promise((resolve) => setTimeout(resolve, 1200));
    expect(await toolNames()).toEqual(["list_notes"]);
    expect(await waitingIds()).toEqual([]);
    expect(await client.callTool({ name: "read_note", arguments: { name: "deploy" } })).toMatchObject({
      isError: true,
    });
  });

  it("is still compared with its pin in the next session", async () => {
    await connect();
    await provokeChange();
    await client.close();
    await connect();
    expect(await toolNames()).toEqual(["read_note", "list_notes"]);
    await client.callTool({ name: "list_notes", arguments: {} });
    await expect.poll(toolNames).toEqual(["list_notes"]);
  });
});
