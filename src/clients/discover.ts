import { resolve } from "node:path";
import type { Client, ConfigFile, Entry, Where } from "../core/client.ts";
import { GuardError } from "../core/errors.ts";
import { listEntries } from "./entries.ts";
import { open } from "./formats/open.ts";
import type { Opened } from "./formats/format.ts";
import { readConfig, type ConfigText } from "./read-config.ts";

/** One configuration file, as it was found. */
export type ConfigDocument = ConfigFile &
  ConfigText & {
    /** The client whose rules apply: the first that reads the file. */
    client: Client;
    /** The ids of all clients that read it. */
    readers: readonly string[];
    /** Undefined where there is a problem. */
    opened: Opened | undefined;
    entries: readonly Entry[];
    problem: GuardError | undefined;
  };

/** A file that is known from an earlier install, wherever it lies. */
export type KnownFile = ConfigFile & { client: string };

/** Every configuration file of the clients that exists, once each by real path, with the servers in it. */
export function discover(
  where: Where,
  clients: readonly Client[],
  known: readonly KnownFile[] = [],
): readonly ConfigDocument[] {
  const documents = new Map<string, ConfigDocument>();
  for (const client of clients) {
    const mine = known.filter((file) => file.client === client.meta.id);
    for (const file of [...client.files(where), ...mine]) {
      const document = openDocument(client, file);
      if (document === undefined) continue;
      const earlier = documents.get(document.real);
      if (earlier === undefined) documents.set(document.real, document);
      else if (!earlier.readers.includes(client.meta.id)) {
        documents.set(document.real, { ...earlier, readers: [...earlier.readers, client.meta.id] });
      }
    }
  }
  return [...documents.values()];
}

function openDocument(client: Client, given: ConfigFile): ConfigDocument | undefined {
  // A variable may name a folder relative to this one; the journal is read from others.
  const file = { ...given, path: resolve(given.path) };
  try {
    const config = readConfig(file.path);
    return config && parseDocument(client, file, config);
  } catch (error) {
    const nothing = { real: file.path, text: "", isReadOnly: false };
    return {
      ...file,
      ...nothing,
      client,
      readers: [client.meta.id],
      entries: [],
      opened: undefined,
      problem: guardError(error),
    };
  }
}

/** A file's text as its client understands it; `problem` says why the client would not. */
export function parseDocument(client: Client, file: ConfigFile, config: ConfigText): ConfigDocument {
  const document = { ...file, ...config, client, readers: [client.meta.id] };
  try {
    const opened = open(config.text, client.syntax, file.path);
    const entries = listEntries(opened.value, file.servers, client.dialect);
    return { ...document, opened, entries, problem: undefined };
  } catch (error) {
    return { ...document, opened: undefined, entries: [], problem: guardError(error) };
  }
}

function guardError(error: unknown): GuardError {
  if (error instanceof GuardError) return error;
  throw error;
}
