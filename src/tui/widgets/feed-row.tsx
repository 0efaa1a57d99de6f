import { memo, type ReactNode } from "react";
import type { Columns } from "../columns.ts";
import { rowLine } from "../lines/row-line.ts";
import type { Row } from "../../audit/feed/row.ts";
import type { Glyphs } from "../theme.ts";
import type { VerdictWord } from "../../audit/feed/verdict.ts";
import { LineView } from "./line-view.tsx";

type Props = { row: Row; word: VerdictWord; selected: boolean; columns: Columns; glyphs: Glyphs };

/** One event; drawn anew only when something about it changed. */
export const FeedRow = memo(function FeedRow({ row, word, selected, columns, glyphs }: Props): ReactNode {
  return <LineView line={rowLine(row, word, selected, columns, glyphs)} inverse={selected} />;
});
