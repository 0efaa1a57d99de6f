import { widthOf } from "./fit.ts";
import type { Row } from "../audit/feed/row.ts";

/** Widths of the columns after time and verdict; a width of 0 leaves the column out. */
export type Columns = {
  severity: number;
  client: number;
  server: number;
  way: number;
  method: number;
  tool: number;
  what: number;
};

type Sized = "client" | "server" | "method" | "tool";

/** Time, cursor and verdict with the spaces after them, and the last column's space. */
const FIXED = 20;
const LEAST_WHAT = 12;

/** As wide as the rows need, as narrow as the terminal demands; `what` takes the rest. */
export function columnsFor(width: number, rows: readonly Row[]): Columns {
  const columns: Columns = {
    severity: width >= 110 ? 8 : 0,
    client: width >= 140 ? widest(rows, "client", 16) : 0,
    server: widest(rows, "server", 24),
    way: width >= 80 ? 1 : 0,
    method: width >= 80 ? widest(rows, "method", 24) : 0,
    tool: widest(rows, "tool", 28),
    what: 0,
  };
  const taken = Object.values(columns).reduce((sum, size) => sum + (size > 0 ? size + 1 : 0), FIXED);
  let lacking = Math.max(0, LEAST_WHAT - (width - taken));
  columns.what = Math.max(0, width - taken + lacking);
  for (const [name, least] of [
    ["method", 10],
    ["tool", 14],
    ["server", 10],
  ] as const) {
    const given = Math.min(lacking, Math.max(0, columns[name] - least));
    columns[name] -= given;
    lacking -= given;
  }
  columns.what = Math.max(0, columns.what - lacking);
  return columns;
}

function widest(rows: readonly Row[], name: Sized, most: number): number {
  let width: number = name.length;
  for (const row of rows) {
    if (width >= most) return most;
    if (row[name].length > 0) width = Math.max(width, widthOf(row[name]));
  }
  return Math.min(width, most);
}
