import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clients } from "../../src/clients/index.ts";
import type { Client } from "../../src/core/client.ts";
import { jsonConfig } from "./arbitrary-json.ts";
import { tomlConfig } from "./arbitrary-toml.ts";
import { documentOf, installed, pastOf, textAfter, uninstalled } from "./in-memory.ts";

function configOf(client: Client): fc.Arbitrary<string> {
  return client.syntax.language === "toml" ? tomlConfig : jsonConfig(client);
}

function localServers(client: Client, text: string): readonly (readonly string[])[] {
  return documentOf(client, text).entries.flatMap(({ kind, argv }) => (kind === "stdio" ? [argv] : []));
}

describe.each(clients.map((client) => [client.meta.id, client] as const))("%s", (_, client) => {
  it("uninstall gives back what install found, whatever the file looks like", () => {
    fc.assert(
      fc.property(configOf(client), (text) => {
        const plan = installed(client, text);
        const after = textAfter(plan);
        expect(textAfter(uninstalled(client, after, pastOf(plan)))).toBe(text);
        expect(textAfter(uninstalled(client, after, pastOf(plan, true)))).toBe(text);
      }),
      { numRuns: 300 },
    );
  });

  it("install guards every local server and keeps its command line behind --", () => {
    fc.assert(
      fc.property(configOf(client), (text) => {
        const after = textAfter(installed(client, text));
        const { entries } = documentOf(client, after);
        const guarded = entries.filter(({ kind }) => kind === "stdio");
        expect(guarded.every(({ marker }) => marker !== undefined)).toBe(true);
        expect(guarded.map(({ argv, marker }) => argv.slice(marker?.length))).toEqual(localServers(client, text));
        expect(installed(client, after).edit).toBeUndefined();
      }),
      { numRuns: 300 },
    );
  });

  it("with the journal lost the marker gives back every command line, and all bytes where there were args", () => {
    const withoutJournal = (text: string): string => textAfter(uninstalled(client, textAfter(installed(client, text))));
    fc.assert(
      fc.property(configOf(client), (text) => {
        const back = withoutJournal(text);
        expect(localServers(client, back)).toEqual(localServers(client, text));
        // Whether an entry had no args or empty ones is all that a marker does not tell; now every entry has some.
        expect(withoutJournal(back)).toBe(back);
      }),
      { numRuns: 300 },
    );
  });
});
