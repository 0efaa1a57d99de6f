import { Box } from "ink";
import type { ReactNode } from "react";
import { span } from "../line.ts";
import { headerLine } from "../lines/header-line.ts";
import { hintLine } from "../lines/hint-line.ts";
import { statusLine } from "../lines/status-line.ts";
import type { View } from "../view.ts";
import { LineView } from "./line-view.tsx";

/** The bars around every screen; a small terminal has only the first and the status. Never as tall as the terminal. */
export function Frame({ view, children }: { view: View; children: ReactNode }): ReactNode {
  const { model, small } = view;
  const rule = [span(model.glyphs.rule.repeat(model.columns), "dim" as const)];
  return (
    <Box flexDirection="column" width={model.columns} height={Math.max(1, model.rows - 1)} overflow="hidden">
      <LineView line={headerLine(view)} />
      {small ? null : <LineView line={rule} />}
      <Box flexDirection="column" flexGrow={1} flexShrink={1} overflow="hidden">
        {children}
      </Box>
      {small ? null : <LineView line={rule} />}
      <LineView line={statusLine(view)} />
      {small ? null : <LineView line={hintLine(view)} />}
    </Box>
  );
}
