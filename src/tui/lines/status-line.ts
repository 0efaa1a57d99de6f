import { harmless } from "../../text/harmless.ts";
import { span, spread, type Line } from "../line.ts";
import type { View } from "../view.ts";

/** The line above the hints: a question, an answer, the filter; at the right, what the window does. */
export function statusLine(view: View): Line {
  const { columns, glyphs } = view.model;
  return spread([span(" "), ...left(view)], [span(`${right(view)} `, "dim")], columns, glyphs.ellipsis);
}

function left({ model, item }: View): Line {
  const { question, notice, editing, filter, glyphs, unicode, columns } = model;
  if (question !== undefined) {
    const { choice, item: asked } = question;
    const thing = harmless(`${asked.kind} ${asked.name} of ${asked.server}`.slice(0, 200), unicode);
    return [span(`${choice} ${thing}?`, "wait"), span("  y yes   n no", "key")];
  }
  if (notice !== "") return [span(harmless(notice, unicode), "strong")];
  if (editing) return [span(`/${harmless(filter, unicode).slice(-columns / 2)}${glyphs.caret}`, "key")];
  if (filter !== "") return [span(`/${harmless(filter, unicode)}`, "key"), span("  esc clears", "dim")];
  if (item !== undefined) return [span("waits for you: ", "wait"), span("a approve   d deny", "key")];
  return [];
}

function right({ model, feed, rows, screen, lines, top, height }: View): string {
  if (screen !== "feed") {
    const end = Math.min(model.scroll + height, lines.length);
    return lines.length > height ? `${model.scroll + 1}-${end} of ${lines.length}, space for more` : "";
  }
  const all = (model.paused ?? feed).rows.length;
  const fresh = model.paused === undefined ? 0 : feed.seen - model.paused.seen;
  if (all === 0) return "";
  const parts = [
    model.filter === ""
      ? `${Math.min(top + 1, all)}-${Math.min(top + height, all)} of ${all}`
      : `${rows.length} of ${all} shown`,
    model.follow ? "following" : "",
    model.paused === undefined ? "" : `paused, ${fresh} new`,
  ];
  return parts.filter((part) => part !== "").join(`  ${model.glyphs.between} `);
}
