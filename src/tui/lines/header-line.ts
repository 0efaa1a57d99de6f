import type { Feed } from "../feed-store.ts";
import { fit } from "../fit.ts";
import { lineWidth, span, spread, type Line } from "../line.ts";
import type { Row } from "../../audit/feed/row.ts";
import { verdictStyles } from "../theme.ts";
import { wordOf, type View } from "../view.ts";

/** Where one is, and what the whole feed comes to. */
export function headerLine(view: View): Line {
  const { model, screen, row, feed } = view;
  const { glyphs, columns } = model;
  const step = ` ${glyphs.step} `;
  const trail =
    model.screens.includes("detail") && row !== undefined ? ["feed", `${row.server} ${row.tool}`.trim()] : ["feed"];
  const places = screen === "help" ? ["help"] : trail;
  const name: Line = [span(" mcpguard", "own"), span("  live", "dim")];
  const word = screen === "detail" && row !== undefined ? wordOf(row, feed.waiting) : undefined;
  const right: Line =
    word === undefined
      ? [span(`${counts(feed).join(` ${glyphs.between} `)} `, feed.waiting.size > 0 ? "wait" : "dim")]
      : [span(`${glyphs[word]} ${word} `, verdictStyles[word])];
  const room = columns - lineWidth(name) - 1;
  const path = span(fit(places.map((place) => step + place).join(""), room, glyphs.ellipsis).trimEnd());
  return spread([...name, path], right, columns, glyphs.ellipsis);
}

function counts(feed: Feed): readonly string[] {
  const { servers, blocked } = tally(feed.rows);
  const words = [`${servers} server${servers === 1 ? "" : "s"}`, `${feed.seen} event${feed.seen === 1 ? "" : "s"}`];
  return [...words, `${blocked} blocked`, `${feed.waiting.size} waiting`];
}

type Tally = { servers: number; blocked: number };
const tallies = new WeakMap<readonly Row[], Tally>();

function tally(rows: readonly Row[]): Tally {
  const known = tallies.get(rows);
  if (known !== undefined) return known;
  const counted = {
    servers: new Set(rows.map((row) => row.server)).size,
    blocked: rows.filter((row) => row.event.blocked).length,
  };
  tallies.set(rows, counted);
  return counted;
}
