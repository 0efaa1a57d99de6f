import { clients } from "../../clients/index.ts";
import type { ConfigDocument } from "../../clients/discover.ts";
import type { Client } from "../../core/client.ts";
import { GuardError } from "../../core/errors.ts";

/** `--client` and `--server`, as every command that takes them does. */
export const choiceOptions = {
  client: { type: "string", array: true, requiresArg: true, describe: "Only these clients, by id [default: all]" },
  server: { type: "string", array: true, requiresArg: true, describe: "Only these servers, by name [default: all]" },
} as const;

export type Choice = { client: readonly string[] | undefined; server: readonly string[] | undefined };

/** The clients named by `--client`; all where none is named. Throws `UNKNOWN_CLIENT`. */
export function chosenClients({ client: ids }: Choice): readonly Client[] {
  if (ids === undefined) return clients;
  const unknown = ids.find((id) => clients.every(({ meta }) => meta.id !== id));
  if (unknown === undefined) return clients.filter(({ meta }) => ids.includes(meta.id));
  const all = clients.map(({ meta }) => meta.id).join(", ");
  throw new GuardError("UNKNOWN_CLIENT", `there is no client ${JSON.stringify(unknown)}`, `Choose among ${all}.`);
}

/** Tells the servers named by `--server`; all where none is named. */
export function serverChoice({ server: names }: Choice): (server: string) => boolean {
  return names === undefined ? () => true : (server) => names.includes(server);
}

/** Throws `UNKNOWN_SERVER` where a name given by `--server` stands in no file. */
export function checkServers({ server: names = [] }: Choice, documents: readonly ConfigDocument[]): void {
  const known = new Set(documents.flatMap(({ entries }) => entries.map(({ name }) => name)));
  const unknown = names.find((name) => !known.has(name));
  if (unknown === undefined) return;
  const message = `no configuration has a server ${JSON.stringify(unknown)}`;
  throw new GuardError("UNKNOWN_SERVER", message, "Run mcpguard status to see all names.");
}

/** The value of `--project`; `--no-project` is as if it were absent. Throws `USAGE` where it is given twice. */
export function projectChoice(given: unknown): string | undefined {
  if (Array.isArray(given)) throw new GuardError("USAGE", "--project is given twice", "Name one project at a time.");
  return typeof given === "string" ? given : undefined;
}
