import type { PendingItem } from "../core/pending.ts";
import type { Feed } from "./feed-store.ts";
import type { Row } from "../audit/feed/row.ts";
import type { Glyphs } from "./theme.ts";

export type Screen = "feed" | "detail" | "help";
export type Choice = "approve" | "deny";

/** All that the keys can change. */
export type Model = {
  /** The terminal's size. */
  columns: number;
  rows: number;
  glyphs: Glyphs;
  unicode: boolean;
  /** From the first screen to the one that is shown; `esc` drops the last. */
  screens: readonly Screen[];
  filter: string;
  editing: boolean;
  /** The window stays at the newest row. */
  follow: boolean;
  /** The feed as it was when the person pressed pause. */
  paused: Feed | undefined;
  /** The selected row (used where `follow` is off), its last known index, and its place in the window. */
  cursor: { row: Row | undefined; index: number; offset: number };
  /** The row shown in detail. */
  opened: Row | undefined;
  raw: boolean;
  /** First line shown of the detail or the help. */
  scroll: number;
  question: { choice: Choice; item: PendingItem } | undefined;
  /** An answer to the last key, gone with the next. */
  notice: string;
};

export function initialModel(size: { columns: number; rows: number }, glyphs: Glyphs, unicode: boolean): Model {
  return {
    columns: size.columns,
    rows: size.rows,
    glyphs,
    unicode,
    screens: ["feed"],
    filter: "",
    editing: false,
    follow: true,
    paused: undefined,
    cursor: { row: undefined, index: 0, offset: 0 },
    opened: undefined,
    raw: false,
    scroll: 0,
    question: undefined,
    notice: "",
  };
}
