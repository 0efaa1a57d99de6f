import { createHash } from "node:crypto";
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { GuardError } from "../core/errors.ts";
import { isObject } from "../core/json.ts";
import type { PendingItem } from "../core/pending.ts";
import { decisionFile } from "./decision-file.ts";
import { placeIn } from "./home.ts";
import { createJsonFile } from "./json-file.ts";
import { listIds, readJsonFile } from "./json-folder.ts";

/** A server that changes its tools at every look must not fill the disk; what is dropped comes back when seen again. */
const keptAtMost = 1000;

/** The id of the exact thing: the same change gets the same id, whoever sees it. */
export function pendingId(item: Pick<PendingItem, "pinSet" | "kind" | "name" | "after">): string {
  const identity = JSON.stringify([item.pinSet, item.kind, item.name, item.after]);
  return createHash("sha256").update(identity).digest("hex").slice(0, 10);
}

/** Adds an item that waits for a person; nothing happens where it waits already or is decided. */
export function addPending(home: string, item: PendingItem): void {
  if (isDecided(home, item) || !createJsonFile(pendingFile(home, item.id), item)) return;
  if (listIds(placeIn(home, "pending")).length <= keptAtMost) return;
  for (const { id } of listPending(home).slice(0, -keptAtMost)) removePending(home, id);
}

/** What waits for a decision, longest first. Damaged items are set aside: the next list of that server brings them back. */
export function listPending(home: string): PendingItem[] {
  const items = listIds(placeIn(home, "pending")).flatMap((id) => readPending(home, id) ?? []);
  return items
    .filter((item) => !isDecided(home, item))
    .sort((one, other) => one.since.localeCompare(other.since) || one.id.localeCompare(other.id));
}

export function readPending(home: string, id: string): PendingItem | undefined {
  if (!/^\w+$/.test(id)) return undefined;
  return readJsonFile(pendingFile(home, id), isPendingItem);
}

export function removePending(home: string, id: string): void {
  rmSync(pendingFile(home, id), { force: true });
}

/** The id that a person means by its beginning; what fits nothing that waits is returned as it is. */
export function completeId(home: string, beginning: string): string {
  if (beginning === "") return beginning;
  const ids = listPending(home).flatMap(({ id }) => (id.startsWith(beginning) ? id : []));
  if (ids.length <= 1) return ids[0] ?? beginning;
  throw new GuardError("AMBIGUOUS_ID", `several ids begin with "${beginning}"`, `Give one of: ${ids.join(", ")}`);
}

export function isPendingItem(value: unknown): value is PendingItem {
  if (!isObject(value)) return false;
  const texts = ["id", "kind", "name", "reason", "pinSet", "session", "client", "server", "since", "after"];
  return texts.every((key) => typeof value[key] === "string") && Array.isArray(value["findings"]);
}

function isDecided(home: string, item: PendingItem): boolean {
  return existsSync(decisionFile(home, item.pinSet, item.id));
}

function pendingFile(home: string, id: string): string {
  return join(placeIn(home, "pending"), `${id}.json`);
}
