import { bindings } from "../keys.ts";
import { lineWidth, span, type Line, type Span } from "../line.ts";
import type { View } from "../view.ts";

/** The keys of this screen, as many as fit; those that would do nothing now are dim. */
export function hintLine(view: View): Line {
  const line: Span[] = [span(" ")];
  for (const { screens, keys, label, disabled } of bindings) {
    if (label === undefined || !screens.includes(view.screen)) continue;
    const idle = disabled?.(view) !== undefined;
    const hint = [span(`${keys[0]} `, idle ? "dim" : "key"), span(label, idle ? "dim" : "plain")];
    const gap = span(line.length > 1 ? "  " : "");
    if (lineWidth([...line, gap, ...hint]) > view.model.columns) continue;
    line.push(gap, ...hint);
  }
  return line;
}
