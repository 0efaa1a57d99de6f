import type { Columns } from "../columns.ts";
import { fit } from "../fit.ts";
import { span, type Line, type Span } from "../line.ts";
import type { Row } from "../../audit/feed/row.ts";
import { verdictStyles, type Glyphs, type Style } from "../theme.ts";
import type { VerdictWord } from "../../audit/feed/verdict.ts";

/** One row of the feed: the time first, so that the eye and a script find it. */
export function rowLine(row: Row, word: VerdictWord, selected: boolean, columns: Columns, glyphs: Glyphs): Line {
  const style = verdictStyles[word];
  const way = { "to-server": glyphs.toServer, "to-client": glyphs.toClient, none: " " }[row.event.direction ?? "none"];
  const cells: [string, number, Style][] = [
    [row.severity, columns.severity, isGrave(row) ? "bad" : "dim"],
    [row.client, columns.client, "dim"],
    [row.server, columns.server, "plain"],
    [way, columns.way, "dim"],
    [row.method, columns.method, "dim"],
    [row.tool, columns.tool, "plain"],
    [row.what, columns.what, word === "ok" ? "dim" : "plain"],
  ];
  return [
    span(`${row.time} `, "dim"),
    span(selected ? glyphs.cursor : " ", "key"),
    span(`${glyphs[word]} ${word.padEnd(6)} `, style),
    ...cells.flatMap(([text, width, look]) => cell(text, width, look, glyphs)),
  ];
}

/** The names of the columns, above the rows. */
export function titleLine(columns: Columns, glyphs: Glyphs): Line {
  const cells = (["severity", "client", "server", "way", "method", "tool", "what"] as const).flatMap((name) =>
    cell(name === "way" ? "" : name.toUpperCase(), columns[name], "dim", glyphs),
  );
  return [span("TIME      VERDICT  ", "dim"), ...cells];
}

function cell(text: string, width: number, style: Style, glyphs: Glyphs): readonly Span[] {
  return width === 0 ? [] : [span(`${fit(text, width, glyphs.ellipsis)} `, style)];
}

function isGrave({ severity }: Row): boolean {
  return severity === "critical" || severity === "high";
}
