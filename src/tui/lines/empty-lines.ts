import { harmless } from "../harmless.ts";
import { span, type Line } from "../line.ts";

/** What to do where nothing has happened yet. `watched` is the file that the first event will stand in. */
export function emptyLines(watched: string, unicode: boolean): readonly Line[] {
  return [
    [],
    [span(" Nothing yet.", "strong")],
    [],
    [span("   1. "), span("npx mcpguard install", "key"), span("   guard this machine's servers (shows a plan first)")],
    [span("   2. "), span("restart your client "), span("   Claude Code, Cursor, VS Code, Codex, ...", "dim")],
    [span("   3. "), span("npx mcpguard demo   ", "key"), span("   or watch a staged attack now, touching nothing")],
    [],
    [span(` Watching ${harmless(watched, unicode)}`, "dim")],
    [span(" "), span("q", "key"), span(" quits, "), span("?", "key"), span(" shows the keys.")],
  ];
}
