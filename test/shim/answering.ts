import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fixture, startShim, temporaryFolder, type Conversation, type Start } from "./conversation.ts";

export type Table = Record<string, string | string[]>;
export type Answering = { shim: Conversation; received(): string };

/**
 * A shim before a server that answers by a table (see answer.mjs), and what that server has received so far.
 * In the same folder it is the same server, whatever the table says.
 */
export function startAnswering(table: Table, start: Start = {}, folder: string = temporaryFolder()): Answering {
  writeFileSync(join(folder, "table.json"), JSON.stringify(table));
  const shim = startShim(fixture("answer", folder), start);
  return { shim, received: () => readFileSync(join(folder, "received"), "utf8") };
}

/** An answer's text for such a table. */
export function result(value: unknown): string {
  return `{"jsonrpc":"2.0","id":ID,"result":${JSON.stringify(value)}}`;
}
