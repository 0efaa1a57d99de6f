import type { Dialect } from "../core/client.ts";
import { blanksBefore, type Field, type Opened, type Place, type Span, type Splice } from "./formats/format.ts";

/**
 * The changes to one entry's command line, as splices. mcpguard's words are put in front of the original ones,
 * which stay in the text as they were written, so that taking the words away again gives the same bytes.
 */
export type EntryText = { opened: Opened; place: Place; dialect: Dialect; command: Field; args: Field | undefined };

export function entryText(opened: Opened, path: readonly string[], dialect: Dialect): EntryText {
  const place = opened.place(path);
  const command = place?.field("command");
  if (place === undefined || command === undefined) throw new Error(`no command at ${path.join(".")}`);
  return { opened, place, dialect, command, args: dialect === "command-args" ? place.field("args") : undefined };
}

/** The text of a value, as written. */
export function rawText(entry: EntryText, span: Span): string {
  return entry.opened.text.slice(span.start, span.end);
}

export function wrapSplices(entry: EntryText, words: readonly string[]): readonly Splice[] {
  const { opened, place, command, args } = entry;
  const literals = words.map(opened.literal);
  if (entry.dialect === "command-array") return [prepend(entry, command, literals)];
  const [launcher = "", ...rest] = literals;
  const list = [...rest, rawText(entry, command)];
  return [
    { start: command.start, end: command.end, text: launcher },
    args === undefined
      ? place.insertAfter("command", "args", `[${list.join(place.joint)}]`)
      : prepend(entry, args, list),
  ];
}

/** Replaces mcpguard's own words, `length` of them, by others. */
export function repointSplices(entry: EntryText, length: number, words: readonly string[]): readonly Splice[] {
  const { opened, place, command, args } = entry;
  const literals = words.map(opened.literal);
  if (entry.dialect === "command-array") return [replaceItems(command, 0, length, literals.join(place.joint))];
  if (args === undefined) throw new Error("a wrapped entry has args");
  const [launcher = "", ...rest] = literals;
  return [
    { start: command.start, end: command.end, text: launcher },
    replaceItems(args, 0, length - 1, rest.join(place.joint)),
  ];
}

/** Takes mcpguard's own words away. `hadArgs` false removes the args that wrapping had added. */
export function unwrapSplices(entry: EntryText, length: number, hadArgs: boolean): readonly Splice[] {
  const { place, command, args } = entry;
  if (entry.dialect === "command-array") return [dropItems(entry, command, length)];
  const original = args?.items?.[length - 1];
  if (args?.items === undefined || original === undefined) throw new Error("a wrapped entry has its command in args");
  const back = { start: command.start, end: command.end, text: rawText(entry, original) };
  if (!hadArgs && args.items.length === length) return [back, ...place.remove("args")];
  return [back, dropItems(entry, args, length)];
}

/** Puts the values back as they were written before; `args` undefined removes that member. */
export function putBackSplices(entry: EntryText, command: string, args: string | undefined): readonly Splice[] {
  const splices: Splice[] = [{ start: entry.command.start, end: entry.command.end, text: command }];
  if (entry.args === undefined) return splices;
  if (args === undefined) return [...splices, ...entry.place.remove("args")];
  return [...splices, { start: entry.args.start, end: entry.args.end, text: args }];
}

function prepend(entry: EntryText, list: Field, literals: readonly string[]): Splice {
  const text = literals.join(entry.place.joint);
  const [first] = list.items ?? [];
  if (first === undefined) return { start: list.start + 1, end: list.start + 1, text };
  const space = blanksBefore(entry.opened.text, first.start);
  const gap = /[\r\n]/.test(space) ? `,${space}` : entry.place.joint;
  return { start: first.start, end: first.start, text: `${text}${gap}` };
}

function replaceItems(list: Field, from: number, to: number, text: string): Splice {
  const [first, last] = [list.items?.[from], list.items?.[to - 1]];
  if (first === undefined || last === undefined) throw new Error("the list is shorter than its marker");
  return { start: first.start, end: last.end, text };
}

function dropItems(entry: EntryText, list: Field, count: number): Splice {
  const { text } = entry.opened;
  const dropped = replaceItems(list, 0, count, "");
  const next = list.items?.[count];
  if (next !== undefined) {
    const comma = /^\s*,\s*/.exec(text.slice(dropped.end, next.start))?.[0].length;
    return { ...dropped, end: comma === undefined ? next.start : dropped.end + comma };
  }
  const end = list.commaEnd ?? dropped.end;
  const isOurs = dropped.start === list.start + 1;
  const isBare = /^\s*$/.test(text.slice(list.start + 1, dropped.start) + text.slice(end, list.end - 1));
  return !isOurs && isBare ? { start: list.start + 1, end: list.end - 1, text: "" } : { ...dropped, end };
}
