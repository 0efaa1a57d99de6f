import { useMemo, type ReactNode } from "react";
import { columnsFor } from "../columns.ts";
import { emptyLines } from "../lines/empty-lines.ts";
import { titleLine } from "../lines/row-line.ts";
import { wordOf, type View } from "../view.ts";
import { FeedRow } from "../widgets/feed-row.tsx";
import { LineView } from "../widgets/line-view.tsx";
import { TextLines } from "../widgets/text-lines.tsx";

/** The live list: only the rows of the window exist. */
export function Feed({ view, watched }: { view: View; watched: string }): ReactNode {
  const { model, feed, rows, top, height, index, small } = view;
  const { glyphs } = model;
  const columns = useMemo(() => columnsFor(model.columns, rows), [model.columns, rows]);
  if (rows.length === 0) {
    return <TextLines lines={emptyLines(view, watched).slice(0, height + 1)} model={model} />;
  }
  return (
    <>
      {small ? null : <LineView line={titleLine(columns, glyphs)} />}
      {rows.slice(top, top + height).map((row, place) => (
        <FeedRow
          key={top + place}
          row={row}
          word={wordOf(row, feed.waiting)}
          selected={top + place === index}
          columns={columns}
          glyphs={glyphs}
        />
      ))}
    </>
  );
}
