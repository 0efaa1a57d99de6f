import type { Screen } from "./model.ts";
import type { View } from "./view.ts";

/** A key and what it does: the one place that the hint bar, the help and the keyboard read. */
export type Binding = {
  /** The first is the one shown in the hint bar. */
  keys: readonly string[];
  command: Command;
  screens: readonly Screen[];
  /** A word or two for the hint bar; absent where the key is not shown there. */
  label?: string;
  help: string;
  /** Why the key can do nothing now. */
  disabled?(view: View): string | undefined;
};

export type Command =
  | "open"
  | "approve"
  | "deny"
  | "filter"
  | "next"
  | "follow"
  | "pause"
  | "raw"
  | "copy"
  | "back"
  | "help"
  | "quit"
  | "up"
  | "down"
  | "pageUp"
  | "pageDown"
  | "first"
  | "last";

const list: readonly Screen[] = ["feed"];
const rows: readonly Screen[] = ["feed", "detail"];
const texts: readonly Screen[] = ["detail", "help"];
const everywhere: readonly Screen[] = ["feed", "detail", "help"];

export const bindings: readonly Binding[] = [
  { keys: ["enter"], command: "open", screens: list, label: "detail", help: "open the row's detail", disabled: noRow },
  {
    keys: ["a"],
    command: "approve",
    screens: rows,
    label: "approve",
    help: "approve what waits in the row",
    disabled: nothingWaits,
  },
  {
    keys: ["d"],
    command: "deny",
    screens: rows,
    label: "deny",
    help: "deny what waits in the row",
    disabled: nothingWaits,
  },
  { keys: ["/"], command: "filter", screens: list, label: "filter", help: "filter the rows; enter keeps, esc clears" },
  { keys: ["f"], command: "follow", screens: list, label: "follow", help: "follow the newest row, or stop following" },
  { keys: ["p"], command: "pause", screens: list, label: "pause", help: "pause the feed, or go on" },
  {
    keys: ["s"],
    command: "raw",
    screens: ["detail"],
    label: "raw JSON",
    help: "in the detail: show the event as raw JSON, or not",
  },
  { keys: ["y"], command: "copy", screens: rows, help: "copy the event as JSON to the clipboard", disabled: noRow },
  { keys: ["esc"], command: "back", screens: texts, label: "back", help: "back to where you were" },
  { keys: ["esc"], command: "back", screens: list, help: "in the feed: clear the filter", disabled: noFilter },
  { keys: ["?"], command: "help", screens: rows, label: "help", help: "this help" },
  { keys: ["q", "ctrl-c"], command: "quit", screens: everywhere, label: "quit", help: "quit" },
  {
    keys: ["w"],
    command: "next",
    screens: list,
    label: "next waiting",
    help: "go to the next row that waits",
    disabled: noneWaits,
  },
  { keys: ["j", "down"], command: "down", screens: everywhere, help: "down" },
  { keys: ["k", "up"], command: "up", screens: everywhere, help: "up" },
  { keys: ["space", "pgdn"], command: "pageDown", screens: everywhere, help: "a page down" },
  { keys: ["pgup"], command: "pageUp", screens: everywhere, help: "a page up" },
  { keys: ["g", "home"], command: "first", screens: everywhere, help: "to the first" },
  { keys: ["G", "end"], command: "last", screens: everywhere, help: "to the last, and follow" },
];

function noRow({ row }: View): string | undefined {
  return row === undefined ? "No row is selected." : undefined;
}

function nothingWaits(view: View): string | undefined {
  const { row, item, feed } = view;
  if (row === undefined) return noRow(view);
  if (item !== undefined) return undefined;
  if (row.pending !== undefined) return "Nothing to decide: this was decided already.";
  const count = feed.waiting.size;
  const more = count === 0 ? "" : ` ${count} wait${count === 1 ? "s" : ""}: w goes to the next.`;
  return `Nothing to decide: only rows marked HOLD wait.${more}`;
}

function noFilter({ model }: View): string | undefined {
  return model.filter === "" ? "This is the first screen; q quits." : undefined;
}

function noneWaits({ feed }: View): string | undefined {
  return feed.waiting.size === 0 ? "Nothing waits for a decision." : undefined;
}
