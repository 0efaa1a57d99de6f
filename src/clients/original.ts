import type { Entry } from "../core/client.ts";
import type { EntryRecord, FileRecord } from "../state/installs.ts";
import { sha256, type Reading } from "../state/journal.ts";
import type { ConfigDocument } from "./discover.ts";
import { applySplices, type Splice } from "./formats/format.ts";
import { wrapLength } from "./marker.ts";
import { entryText, putBackSplices, unwrapSplices } from "./rewrite.ts";

/** What earlier installs left behind; all of it may be lost. */
export type Past = Reading;

/** New text for one entry, and the command line that it must then have. */
export type Change = { entry: Entry; splices: readonly Splice[]; argv: readonly string[] };

/**
 * The text without any trace of mcpguard: the bytes kept at install where the file was not touched since, else the
 * file as it is now with every wrapped entry undone.
 */
export function originalText(document: ConfigDocument, past: Past): string {
  const kept = past.original(document.real, sha256(document.text));
  if (kept !== undefined) return kept;
  const record = past.record(document.real);
  const wrapped = document.entries.filter(({ marker }) => marker !== undefined && !marker.remote);
  return applySplices(
    document.text,
    wrapped.flatMap((entry) => undo(document, entry, record).splices),
  );
}

/**
 * Takes mcpguard out of one entry. A command line that is still as it was written gives way to the text that stood
 * there before; one that was edited since loses mcpguard's words and keeps the edits.
 */
export function undo(document: ConfigDocument, entry: Entry, record: FileRecord | undefined): Change {
  if (document.opened === undefined) throw new Error("a file with a problem has no entries");
  const text = entryText(document.opened, entry.path, document.client.dialect);
  const length = wrapLength(entry.argv);
  const argv = entry.argv.slice(length);
  const untouched = record?.entries.filter((known) => isSame(known.argv, entry.argv)) ?? [];
  const known = untouched.find(({ path }) => isSame(path, entry.path)) ?? untouched[0];
  if (known !== undefined)
    return { entry, argv, splices: putBackSplices(text, known.command, known.args ?? undefined) };
  const hadArgs = recordAt(record, entry.path)?.args !== null;
  return { entry, argv, splices: unwrapSplices(text, length, hadArgs) };
}

function recordAt(record: FileRecord | undefined, path: readonly string[]): EntryRecord | undefined {
  return record?.entries.find((known) => isSame(known.path, path));
}

export function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((word, index) => word === b[index]);
}
