import { homedir } from "node:os";
import type { CommandModule } from "yargs";
import type { PendingItem } from "../core/pending.ts";
import { homeFolder } from "../state/home.ts";
import { listPending } from "../state/pending.ts";
import { drawTable } from "./output/draw-table.ts";
import { safeJson } from "../text/safe-json.ts";

type Options = { json: boolean };

export const command: CommandModule<object, Options> = {
  command: "pending",
  describe: "List what waits for a decision",
  builder: (yargs) =>
    yargs.option("json", { type: "boolean", default: false, describe: "One JSON document: an array of items" }),
  handler: ({ json }) => {
    const items = listPending(homeFolder(process.env, homedir()));
    process.stdout.write(json ? `${safeJson(items.map(toJson), 2)}\n` : asText(items));
  },
};

/** The item with the tool under the name that events use. */
function toJson(item: PendingItem): object {
  const { id, kind, name, reason, server, client, since, ...rest } = item;
  return {
    id,
    tool: kind === "tool" || kind === "call" ? name : null,
    kind,
    name,
    reason,
    server,
    client,
    since,
    ...rest,
  };
}

function asText(items: readonly PendingItem[]): string {
  if (items.length === 0) return "Nothing waits for a decision.\n";
  const heading = ["Id", "Since", "Client", "Server", "What", "Why"];
  const rows = items.map((item) => [
    item.id,
    item.since,
    item.client,
    item.server,
    `${item.kind} ${item.name}`,
    whyOf(item),
  ]);
  const table = drawTable(heading, rows, 5, process.stdout.isTTY ? process.stdout.columns : undefined);
  return `${table.join("\n")}\n\nmcpguard approve ID lets it through, mcpguard deny ID keeps it out. See the change: mcpguard tui, or pending --json.\n`;
}

const reasons: Readonly<Record<PendingItem["reason"], string>> = {
  changed: "differs from its pinned form",
  poisoned: "holds text that could mislead the model",
  held: "waits for permission to run",
};

function whyOf(item: PendingItem): string {
  return item.findings[0]?.because ?? reasons[item.reason];
}
