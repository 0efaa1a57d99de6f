import { fit, widthOf } from "../../tui/fit.ts";
import { harmless } from "../../text/harmless.ts";

const gap = 2;
const leastFlexible = 20;

/**
 * Lines of a table with a heading, every text made harmless. Where `width` (in columns) is given and exceeded, the column
 * `flexible` is cut; without it nothing is.
 */
export function drawTable(
  heading: readonly string[],
  rows: readonly (readonly string[])[],
  flexible: number,
  width: number | undefined,
): string[] {
  const cells = [heading, ...rows].map((row) => row.map((text) => harmless(text)));
  const widths = heading.map((_, column) => cells.reduce((most, row) => Math.max(most, widthOf(row[column] ?? "")), 0));
  const rest = widths.reduce((sum, own, column) => (column === flexible ? sum : sum + own + gap), 0);
  const room = Math.max(leastFlexible, (width ?? Infinity) - rest);
  widths[flexible] = Math.min(widths[flexible] ?? 0, room);
  return cells.map((row) =>
    row
      .map((text, column) => fit(text, widths[column] ?? 0))
      .join(" ".repeat(gap))
      .trimEnd(),
  );
}
