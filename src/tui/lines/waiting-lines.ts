import type { JsonValue } from "../../core/json.ts";
import type { PendingItem } from "../../core/pending.ts";
import { span, type Line } from "../line.ts";
import { fact, jsonLines, paragraph, section, type Surface } from "./text-lines.ts";

/** What a person decides about: the thing as it was and as it would be, and what speaks against it. */
export function waitingLines(item: PendingItem, surface: Surface): readonly Line[] {
  const { before, after, findings } = item;
  return [
    section("waits for you", surface),
    ...fact(item.kind, item.name, surface),
    ...fact("since", item.since, surface),
    ...fact("id", item.id, surface),
    ...findings.flatMap((finding) => fact("found", `${finding.severity}: ${finding.because}`, surface)),
    ...(before === null ? [] : [section("as approved", surface), ...form(before, surface)]),
    section(before === null ? "as it is" : "as it is now", surface),
    ...form(after, surface),
    [span("  ")],
  ];
}

/** Forms are canonical JSON; anything else is shown as text. */
function form(text: string, surface: Surface): readonly Line[] {
  try {
    const value: JsonValue = JSON.parse(text);
    return jsonLines(value, surface);
  } catch {
    return paragraph(text, surface);
  }
}
