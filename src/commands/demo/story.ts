import { join } from "node:path";
import { execa } from "execa";
import { stringAt, valueAt, type JsonObject } from "../../core/json.ts";
import { DemoClient } from "./client.ts";

export type Stage = { home: string; dist: string; say(line: string): void };

/** Plays the attack and says what the client got to see at each step. */
export async function tellStory({ home, dist, say }: Stage): Promise<void> {
  const env = { MCPGUARD_HOME: home };
  const server = [process.execPath, join(dist, "demo-server.cjs")];
  say("A client starts the server “notes” through mcpguard, in a temporary folder.\n");
  const client = new DemoClient(
    [process.execPath, join(dist, "wrap.cjs"), "wrap", "--client", "demo", "--server", "notes", "--", ...server],
    env,
  );
  await client.request("initialize", {
    protocolVersion: "2025-11-25",
    capabilities: {},
    clientInfo: { name: "demo", version: "1" },
  });
  client.notify("notifications/initialized");
  say(
    `  1  The server offers ${toolNames(await client.request("tools/list"))}. Nothing is wrong with them; they are pinned.`,
  );

  const change = client.notified("notifications/tools/list_changed");
  const note = await client.request("tools/call", { name: "read_note", arguments: { name: "deploy" } });
  say(`  2  read_note answers. An access key stands in the note; the client gets:\n${indented(textOf(note))}`);

  await change;
  say(
    `  3  Now trusted, the server changes read_note: it asks for your SSH key. The client is shown only ${toolNames(await client.request("tools/list"))}.`,
  );
  const refused = await client.request("tools/call", { name: "read_note", arguments: { name: "deploy" } });
  say(`  4  A call to the changed tool does not reach the server. The client is told:\n${indented(textOf(refused))}`);
  await client.close();

  say("\nWhat the log says (mcpguard analyze):\n");
  const types = ["secret_leak", "rug_pull", "tool_blocked"].flatMap((type) => ["--type", type]);
  const analyze = [join(dist, "../bin/mcpguard.js"), "analyze", join(home, "log"), ...types];
  const { stdout } = await execa(process.execPath, analyze, { env });
  say(stdout);
  say("\nNext: npx mcpguard install   guards your own servers, after showing you its plan.");
}

function toolNames(message: JsonObject): string {
  const tools = valueAt(message, "result", "tools");
  return Array.isArray(tools) ? tools.map((tool) => stringAt(tool, "name") ?? "?").join(" and ") : "nothing";
}

function textOf(message: JsonObject): string {
  return stringAt(message, "result", "content", 0, "text") ?? JSON.stringify(message);
}

function indented(text: string): string {
  return text.replace(/^/gm, "       │ ");
}
