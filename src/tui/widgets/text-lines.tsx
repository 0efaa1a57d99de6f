import type { ReactNode } from "react";
import { cut, type Line } from "../line.ts";
import type { Model } from "../model.ts";
import { LineView } from "./line-view.tsx";

/** Lines below each other, none wider than the terminal. */
export function TextLines({ lines, model }: { lines: readonly Line[]; model: Model }): ReactNode {
  const { columns, glyphs } = model;
  return lines.map((line, place) => <LineView key={place} line={cut(line, columns, glyphs.ellipsis)} />);
}
