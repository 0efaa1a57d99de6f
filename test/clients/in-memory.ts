import type { Client, Where } from "../../src/core/client.ts";
import { parseDocument, type ConfigDocument } from "../../src/clients/discover.ts";
import type { Plan } from "../../src/clients/edit.ts";
import type { Past } from "../../src/clients/original.ts";
import { planInstall } from "../../src/clients/plan.ts";
import { sha256 } from "../../src/state/journal.ts";
import { planUninstall } from "../../src/clients/restore.ts";

const noPast: Past = { record: () => undefined, original: () => undefined };

const where: Where = { home: "/home/me", platform: "linux", env: {}, project: "/work/shop", list: () => [] };

/** A text as the client's first configuration file, without a disk. */
export function documentOf(client: Client, text: string): ConfigDocument {
  const [file] = client.files(where);
  if (file === undefined) throw new Error("every client has a file");
  return parseDocument(client, file, { real: file.path, text, isReadOnly: false });
}

export function installed(client: Client, text: string, launcher = ["/guard/bin/mcpguard"]): Plan[number] {
  const wish = { past: noPast, launcher, isWanted: () => true, objection: () => undefined };
  return only(planInstall([documentOf(client, text)], wish));
}

export function uninstalled(client: Client, text: string, past: Past = noPast): Plan[number] {
  return only(planUninstall([documentOf(client, text)], past, () => true));
}

/** What the journal knows after a plan was carried out; without the original bytes unless they are asked for. */
export function pastOf({ record, edit }: Plan[number], withBytes = false): Past {
  return {
    record: () => record && { ...record, writes: [] },
    original: (_file, written) => (withBytes && edit && sha256(edit.after) === written ? edit.original : undefined),
  };
}

/** The text after the plan: where nothing is planned, the text as it was. */
export function textAfter(plan: Plan[number]): string {
  if (plan.problem !== undefined) throw plan.problem;
  return plan.edit?.after ?? plan.document.text;
}

function only(plan: Plan): Plan[number] {
  const [first] = plan;
  if (first === undefined || plan.length !== 1) throw new Error("one document gives one plan");
  return first;
}
