import { clients } from "../clients/index.ts";
import type { ConfigDocument } from "../clients/discover.ts";
import type { Client } from "../core/client.ts";
import { GuardError } from "../core/errors.ts";

export type Choice = { client: readonly string[] | undefined; server: readonly string[] | undefined };

/** The clients named by `--client`; all where none is named. Throws `UNKNOWN_CLIENT`. */
export function chosenClients({ client: ids }: Choice): readonly Client[] {
  if (ids === undefined || ids.length === 0) return clients;
  const unknown = ids.find((id) => clients.every(({ meta }) => meta.id !== id));
  if (unknown === undefined) return clients.filter(({ meta }) => ids.includes(meta.id));
  const all = clients.map(({ meta }) => meta.id).join(", ");
  throw new GuardError("UNKNOWN_CLIENT", `there is no client ${JSON.stringify(unknown)}`, `Choose among ${all}.`);
}

/** Tells the servers named by `--server`; all where none is named. */
export function serverChoice({ server: names }: Choice): (server: string) => boolean {
  return names === undefined || names.length === 0 ? () => true : (server) => names.includes(server);
}

/** Throws `UNKNOWN_SERVER` where a name given by `--server` stands in no file. */
export function checkServers({ server: names = [] }: Choice, documents: readonly ConfigDocument[]): void {
  const known = new Set(documents.flatMap(({ entries }) => entries.map(({ name }) => name)));
  const unknown = names.find((name) => !known.has(name));
  if (unknown === undefined) return;
  const message = `no configuration has a server ${JSON.stringify(unknown)}`;
  throw new GuardError("UNKNOWN_SERVER", message, "Run mcpguard status to see all names.");
}
