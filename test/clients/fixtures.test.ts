import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { clients } from "../../src/clients/index.ts";
import type { Client } from "../../src/core/client.ts";
import { documentOf, installed, pastOf, textAfter, uninstalled } from "./in-memory.ts";
import { sandbox } from "./sandbox.ts";

const folder = join(import.meta.dirname, "../fixtures/clients");

/** The ways in which one and the same configuration is found on people's disks. */
const forms: Readonly<Record<string, (text: string) => string>> = {
  "as written": (text) => text,
  "without a final newline": (text) => text.trimEnd(),
  "with CRLF": (text) => text.replaceAll("\n", "\r\n"),
  "with a byte order mark": (text) => `\uFEFF${text}`,
  "with tabs": (text) => text.replaceAll("  ", "\t"),
  "with blank lines around": (text) => `\n\n${text}\n\n`,
};

const cases = clients.flatMap((client) => {
  // The builds of VS Code read the same files.
  const id = client.meta.id.startsWith("vscod") ? "vscode" : client.meta.id;
  const files = readdirSync(join(folder, id)).map(
    (name) => [name, readFileSync(join(folder, id, name), "utf8")] as const,
  );
  return files.flatMap(([name, text]) =>
    Object.entries(forms).map(([form, change]) => [client, name, form, change(text)] as const),
  );
});

const refused = cases.filter(([client, , form]) => form.includes("byte order") && !client.syntax.bom);
const readable = cases.filter((one) => !refused.includes(one));

describe.each(readable.map((one) => [`${one[0].meta.id} ${one[1]} ${one[2]}`, ...one] as const))(
  "%s",
  (_, client, _name, _form, text) => {
    it("every server is guarded, and all bytes come back", () => {
      const local = localServers(client, text);
      expect(local.length).toBeGreaterThan(0);
      const plan = installed(client, text);
      const wrapped = textAfter(plan);
      expect(documentOf(client, wrapped).entries.flatMap(({ marker }) => marker?.server ?? [])).toEqual(local);
      expect(installed(client, wrapped).edit).toBeUndefined();
      expect(textAfter(uninstalled(client, wrapped, pastOf(plan)))).toBe(text);
      expect(textAfter(uninstalled(client, wrapped, pastOf(plan, true)))).toBe(text);
    });
  },
);

it.each(refused.map((one) => [`${one[0].meta.id} ${one[1]} ${one[2]}`, ...one] as const))(
  "%s is left alone, as the client would refuse it",
  (_, client, _name, _form, text) => {
    expect(installed(client, text).problem?.message).toMatch(/:1: a byte order mark/);
  },
);

it("on the disk the same holds for all of them at once", () => {
  const box = sandbox();
  const places = cases.flatMap(([client, name, form, text]) => {
    const [file] = client.files({ ...box.where, list: () => [] });
    const isFirst = cases.find((other) => other[0] === client)?.[1] === name;
    return file && isFirst && form === "with CRLF" ? [[file.path.slice(box.home.length + 1), text] as const] : [];
  });
  expect(places).toHaveLength(clients.length);
  for (const [path, text] of places) box.put(path, text);
  const outcomes = box.install();
  expect(outcomes.map(({ problem }) => problem)).toEqual(clients.map(() => undefined));
  expect(outcomes.every(({ written }) => written)).toBe(true);
  expect(box.install().some(({ written }) => written)).toBe(false);
  box.uninstall();
  for (const [path, text] of places) expect(box.read(path)).toBe(text);
});

function localServers(client: Client, text: string): readonly string[] {
  return documentOf(client, text).entries.flatMap(({ kind, name }) => (kind === "stdio" ? [name] : []));
}
