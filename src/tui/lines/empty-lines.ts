import { harmless } from "../../text/harmless.ts";
import { span, type Line } from "../line.ts";
import type { View } from "../view.ts";

/** What stands where no row does. `watched` is the file that the next event will stand in. */
export function emptyLines({ model, feed }: View, watched: string): readonly Line[] {
  if (!feed.ready) return [[], [span(" Reading the log ...", "dim")]];
  if (model.filter !== "") return [[], [span(" No event matches; esc clears the filter.")]];
  return [
    [],
    [span(" Nothing yet.", "strong")],
    [],
    [span("   1. "), span("npx mcpguard install", "key"), span("   guard this machine's servers (shows a plan first)")],
    [span("   2. "), span("restart your client "), span("   Claude Code, Cursor, VS Code, Codex, ...", "dim")],
    [span("   3. "), span("npx mcpguard demo   ", "key"), span("   or watch a staged attack now, touching nothing")],
    [],
    [span(` Watching ${harmless(watched, model.unicode)}`, "dim")],
    [span(" "), span("q", "key"), span(" quits, "), span("?", "key"), span(" shows the keys.")],
  ];
}
