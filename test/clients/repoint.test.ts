import { expect, it } from "vitest";
import { clients } from "../../src/clients/index.ts";
import { documentOf, installed, textAfter, uninstalled } from "./in-memory.ts";

const elsewhere = ["/old home/bin/mcpguard"];
const windows = ["C:\\Program Files\\nodejs\\node.exe", "C:\\Users\\me\\.mcpguard\\bin\\mcpguard.cjs"];

it.each(clients.map((client) => [client.meta.id, client] as const))(
  "%s: install moves a marker to this launcher and never wraps twice",
  (_, client) => {
    for (const { before } of client.examples) {
      const now = textAfter(installed(client, before));
      for (const launcher of [elsewhere, windows]) {
        const other = textAfter(installed(client, before, launcher));
        expect(other).not.toBe(now);
        expect(textAfter(installed(client, other))).toBe(now);
      }
    }
  },
);

it("an entry that was copied under another name or to another client is named anew", () => {
  const [cursor] = clients.filter(({ meta }) => meta.id === "cursor");
  if (cursor === undefined) throw new Error("there is no cursor");
  const copied =
    '{"mcpServers":{"b":{"command":"/guard/bin/mcpguard","args":["wrap","--client","codex","--server","a","--","x","1"]}}}';
  expect(documentOf(cursor, textAfter(installed(cursor, copied))).entries[0]?.argv).toEqual([
    "/guard/bin/mcpguard",
    "wrap",
    "--client",
    "cursor",
    "--server",
    "b",
    "--",
    "x",
    "1",
  ]);
});

it("an entry that was wrapped twice is freed of both", () => {
  const [cursor] = clients.filter(({ meta }) => meta.id === "cursor");
  if (cursor === undefined) throw new Error("there is no cursor");
  const once = '"wrap","--client","cursor","--server","a","--"';
  const twice = `{"mcpServers":{"a":{"command":"mcpguard","args":[${once},"/x/mcpguard",${once},"npx","-y"]}}}`;
  expect(textAfter(uninstalled(cursor, twice))).toBe('{"mcpServers":{"a":{"command":"npx","args":["-y"]}}}');
});
