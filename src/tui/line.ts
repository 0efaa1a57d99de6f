import type { Style } from "./theme.ts";
import { fit, widthOf } from "./fit.ts";

/** A stretch of one style, and a line of them: what every part of the screen is made of. */
export type Span = { text: string; style: Style };
export type Line = readonly Span[];

export const span = (text: string, style: Style = "plain"): Span => ({ text, style });

export function lineWidth(line: Line): number {
  return line.reduce((width, { text }) => width + widthOf(text), 0);
}

/** The line in at most `width` columns. */
export function cut(line: Line, width: number, ellipsis: string): Line {
  if (lineWidth(line) <= width) return line;
  const shown: Span[] = [];
  let room = width;
  for (const { text, style } of line) {
    const taken = widthOf(text);
    shown.push(span(taken > room ? fit(text, room, ellipsis) : text, style));
    room -= taken;
    if (room < 0) break;
  }
  return shown;
}

/** One line with a part at the left and one at the right edge; where both do not fit, only the left. */
export function spread(left: Line, right: Line, width: number, ellipsis: string): Line {
  const gap = width - lineWidth(left) - lineWidth(right);
  return gap < 1 ? cut(left, width, ellipsis) : [...left, span(" ".repeat(gap)), ...right];
}
