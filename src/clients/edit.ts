import { isDeepStrictEqual } from "node:util";
import type { Edit, Step } from "../core/client.ts";
import { GuardError } from "../core/errors.ts";
import { isObject } from "../core/json.ts";
import type { EntryRecord, FileRecord } from "../state/installs.ts";
import type { ConfigDocument } from "./discover.ts";
import { argvAt, listEntries } from "./entries.ts";
import { applySplices, type Opened } from "./formats/format.ts";
import { open } from "./formats/open.ts";
import { isSame, originalText, type Change, type Past } from "./original.ts";
import { entryText, rawText } from "./rewrite.ts";

/** What is to happen with one file. */
export type FilePlan = {
  document: ConfigDocument;
  steps: readonly Step[];
  /** Undefined where the file stays as it is. */
  edit: Edit | undefined;
  /** What the journal must know for this edit; without entries where nothing of mcpguard is left in the file. */
  record: Omit<FileRecord, "writes"> | undefined;
  /** What the journal knew of the file when this was planned. */
  known: FileRecord | undefined;
  /** True where the file gets back exactly the bytes it had before install. */
  isExact: boolean;
  problem: GuardError | undefined;
};

export type Plan = readonly FilePlan[];

export function untouched(document: ConfigDocument, steps: readonly Step[], problem = document.problem): FilePlan {
  return { document, steps, edit: undefined, record: undefined, known: undefined, isExact: false, problem };
}

/** Makes the changes, parses the result and compares: nothing but the command lines may differ. */
export function planEdit(
  document: ConfigDocument,
  steps: readonly Step[],
  changes: readonly Change[],
  past: Past,
): FilePlan {
  try {
    const after = applySplices(
      document.text,
      changes.flatMap(({ splices }) => splices),
    );
    verify(document, after, changes);
    return planned(document, steps, { after, original: originalText(document, past) }, past);
  } catch (error) {
    return untouched(document, steps, unsafe(document.path, error));
  }
}

/** An edit to a text that needs no proof: bytes that stood there before. */
export function planned(
  document: ConfigDocument,
  steps: readonly Step[],
  { after, original }: Pick<Edit, "after" | "original">,
  past: Past,
): FilePlan {
  const { client, path, scope, servers } = document;
  if (document.isReadOnly) return untouched(document, steps, readOnly(path));
  const record = { client: client.meta.id, path, scope, servers, entries: entryRecords(document, after, original) };
  return {
    document,
    steps,
    edit: { file: document.real, before: document.text, after, original },
    record,
    known: past.record(document.real),
    isExact: false,
    problem: undefined,
  };
}

function verify(document: ConfigDocument, after: string, changes: readonly Change[]): void {
  const { client, opened, path } = document;
  const { value } = open(after, client.syntax, path);
  for (const { entry, argv } of changes) {
    const got = argvAt(value, entry.path, client.dialect);
    if (got === undefined || !isSame(got, argv)) throw new Error(`${entry.name} did not come out as planned`);
  }
  if (
    !isSameBut(
      opened?.value,
      value,
      changes.map(({ entry }) => entry.path),
    )
  )
    throw new Error("more than a command line changed");
}

/** True where the values are equal, the command lines of the entries at `paths` left out. */
function isSameBut(a: unknown, b: unknown, paths: readonly (readonly string[])[]): boolean {
  if (paths.length === 0 || !isObject(a) || !isObject(b)) return isDeepStrictEqual(a, b);
  const isEntry = paths.some((path) => path.length === 0);
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  for (const name of names) {
    if (isEntry && (name === "command" || name === "args")) continue;
    const below = paths.flatMap(([step, ...rest]) => (step === name ? [rest] : []));
    if (Object.hasOwn(a, name) !== Object.hasOwn(b, name) || !isSameBut(a[name], b[name], below)) return false;
  }
  return true;
}

function entryRecords(document: ConfigDocument, after: string, original: string): readonly EntryRecord[] {
  const { client, path, servers } = document;
  const [before, now] = [original, after].map((text): Opened => open(text, client.syntax, path));
  const wrapped = listEntries(now?.value, servers, client.dialect).filter(
    ({ marker }) => marker !== undefined && !marker.remote,
  );
  return wrapped.flatMap((entry) => {
    if (before === undefined) return [];
    const text = entryText(before, entry.path, client.dialect);
    const args = text.args ? rawText(text, text.args) : null;
    return [{ path: entry.path, command: rawText(text, text.command), args, argv: entry.argv }];
  });
}

function readOnly(path: string): GuardError {
  const fix = `Run chmod u+w ${path} if mcpguard may change it, then run mcpguard again.`;
  return new GuardError("CONFIG_READ_ONLY", `${path} is read-only`, fix);
}

function unsafe(path: string, cause: unknown): GuardError {
  if (cause instanceof RangeError) return tooDeep(path, cause);
  return new GuardError(
    "CONFIG_UNEDITABLE",
    `${path} cannot be changed without touching more than its command lines`,
    `Write the entry in a simpler form (command and args side by side), then run mcpguard again.`,
    cause,
  );
}

function tooDeep(path: string, cause: RangeError): GuardError {
  const fix = "Wrap its servers by hand: docs/clients.md shows how an entry looks.";
  return new GuardError("CONFIG_TOO_DEEP", `${path} is nested too deeply to be checked after a change`, fix, cause);
}
