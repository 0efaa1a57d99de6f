import type { Command } from "./keys.ts";
import type { Model } from "./model.ts";
import { clamp, type View } from "./view.ts";

/** Commands that only change the model; the others reach out of it. */
type Inner = Exclude<Command, "copy" | "quit">;

/** What each command changes. */
export const updates: Readonly<Record<Inner, (view: View) => Partial<Model>>> = {
  up: (view) => move(view, -1),
  down: (view) => move(view, 1),
  pageUp: (view) => move(view, -view.height),
  pageDown: (view) => move(view, view.height),
  first: (view) => move(view, -Infinity),
  last: (view) => (view.screen === "feed" ? { follow: true } : move(view, Infinity)),
  next: (view) => select(view, nextWaiting(view)),
  open: ({ model, row }) => ({ screens: [...model.screens, "detail"], opened: row, raw: false, scroll: 0 }),
  help: ({ model }) => ({ screens: [...model.screens, "help"], scroll: 0 }),
  back: ({ model, screen }) =>
    screen === "feed" ? { filter: "" } : { screens: model.screens.slice(0, -1), scroll: 0 },
  filter: () => ({ editing: true }),
  follow: (view) => (view.model.follow ? select(view, view.index) : { follow: true }),
  pause: ({ model, feed }) => ({ paused: model.paused === undefined ? feed : undefined }),
  raw: ({ model }) => ({ raw: !model.raw, scroll: 0 }),
  approve: ({ item }) => (item === undefined ? {} : { question: { choice: "approve", item } }),
  deny: ({ item }) => (item === undefined ? {} : { question: { choice: "deny", item } }),
};

function move(view: View, by: number): Partial<Model> {
  const { screen, model, height, lines, rows, index, top } = view;
  if (screen !== "feed") return { scroll: clamp(model.scroll + by, 0, Math.max(0, lines.length - height)) };
  const target = clamp(index + by, 0, rows.length - 1);
  return select(view, target, target - top);
}

/** Puts the cursor on a row and leaves the newest; `offset` is the row's place in the window. */
function select({ rows, height, index: now, top }: View, index: number, offset = now - top): Partial<Model> {
  const row = rows[index];
  if (row === undefined) return {};
  return { follow: false, cursor: { row, index, offset: clamp(offset, 0, height - 1) } };
}

/** The next row down that waits, from the top again after the last; -1 where none is shown. */
function nextWaiting({ rows, index, feed }: View): number {
  const waits = rows.flatMap(({ pending }, at) => (pending !== undefined && feed.waiting.has(pending) ? at : []));
  return waits.find((at) => at > index) ?? waits[0] ?? -1;
}
