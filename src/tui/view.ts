import type { PendingItem } from "../core/pending.ts";
import { detailLines } from "./lines/detail-lines.ts";
import { helpLines } from "./lines/help-lines.ts";
import { jsonLines } from "./lines/text-lines.ts";
import type { Feed } from "./feed-store.ts";
import { parseFilter } from "../audit/feed/filter.ts";
import type { Line } from "./line.ts";
import type { Model, Screen } from "./model.ts";
import type { Row } from "../audit/feed/row.ts";
import { verdictOf, type VerdictWord } from "../audit/feed/verdict.ts";

/** What the model and the feed come to: everything a screen draws and a key acts on. */
export type View = {
  model: Model;
  /** Live, also while paused. */
  feed: Feed;
  screen: Screen;
  /** Too small a terminal for more than the list. */
  small: boolean;
  /** Lines for the list or the text between the bars. */
  height: number;
  /** The feed's rows that pass the filter. */
  rows: readonly Row[];
  /** The selected row's place among them, -1 where there is none, and the first one shown. */
  index: number;
  top: number;
  /** The row that keys act on, and what waits in it. */
  row: Row | undefined;
  item: PendingItem | undefined;
  /** The lines of the detail or help, all of them. */
  lines: readonly Line[];
};

/** A function from model and feed to view that filters again only when one of the two changed. */
export function createView(): (model: Model, feed: Feed) => View {
  const shownRows = createRowFilter();
  return (model, feed) => {
    const screen = model.screens.at(-1) ?? "feed";
    const small = model.columns < 80 || model.rows < 20;
    const bars = small ? 2 : screen === "feed" ? 6 : 5;
    const height = Math.max(1, model.rows - 1 - bars);
    const rows = shownRows(model.paused?.rows ?? feed.rows, feed.waiting, model.filter);
    const index = cursorIndex(model, rows, feed.waiting, height);
    const last = Math.max(0, rows.length - height);
    const top = model.follow ? last : clamp(index - clamp(model.cursor.offset, 0, height - 1), 0, last);
    const row = screen === "feed" ? rows[index] : model.opened;
    const item = feed.waiting.get(row?.pending ?? "");
    const view = { model, feed, screen, small, height, rows, index, top, row, item, lines: [] };
    return { ...view, lines: linesOf(view) };
  };
}

export function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(value, most));
}

/** The word a row shows. */
export function wordOf(row: Row, waiting: Feed["waiting"]): VerdictWord {
  return verdictOf(row.event, waiting.has(row.pending ?? ""));
}

function linesOf(view: View): readonly Line[] {
  if (view.screen === "help") return helpLines(view.model.columns);
  const { screen, row, item, model } = view;
  if (screen !== "detail" || row === undefined) return [];
  return model.raw ? jsonLines(row.event, model) : detailLines(row, item, model);
}

function createRowFilter(): (rows: readonly Row[], waiting: Feed["waiting"], filter: string) => readonly Row[] {
  let last: { rows: readonly Row[]; waiting: Feed["waiting"]; filter: string; found: readonly Row[] } | undefined;
  return (rows, waiting, filter) => {
    if (last?.rows === rows && last.waiting === waiting && last.filter === filter) return last.found;
    const passes = parseFilter(filter);
    const found = filter.trim() === "" ? rows : rows.filter((row) => passes(row, wordOf(row, waiting)));
    last = { rows, waiting, filter, found };
    return found;
  };
}

function cursorIndex(
  { follow, cursor }: Model,
  rows: readonly Row[],
  waiting: Feed["waiting"],
  height: number,
): number {
  const newest = rows.length - 1;
  if (!follow) {
    const index = cursor.row === undefined ? -1 : rows.indexOf(cursor.row);
    return index === -1 ? Math.min(cursor.index, newest) : index;
  }
  // While following, the cursor rests where a decision is wanted, else on the newest row.
  const waits = rows.findLastIndex(({ pending }) => pending !== undefined && waiting.has(pending));
  return waits >= Math.max(0, newest - height + 1) ? waits : newest;
}
